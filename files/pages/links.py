"""How a stored file stands on a page: its name to be followed, a picture as itself."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from files.domain.kinds import PICTURES
from files.models import StoredFile

SPRITE = "vendor/icons/sprite.svg"


def file_link(stored: StoredFile) -> SafeString:
    """The name, which takes the file along."""
    return format_html(
        '<a class="file" href="{}"><svg class="ico" aria-hidden="true"><use href="{}#paperclip"/></svg>{}</a>',
        stored.get_absolute_url(), static(SPRITE), stored.name,
    )  # fmt: skip


def picture_link(stored: StoredFile, size: int) -> SafeString:
    """A small picture that leads to the whole one."""
    url = stored.get_absolute_url()
    return format_html(
        '<a class="shot s{}" href="{}" title="{}"><img src="{}?size={}" alt="{}" loading="lazy"></a>',
        size, url, stored.name, url, size, stored.name,
    )  # fmt: skip


def shown(stored: StoredFile, size: int = 48) -> SafeString:
    """Either, by what it is."""
    return picture_link(stored, size) if stored.content_type in PICTURES else file_link(stored)


def named(stored: StoredFile, size: int = 48) -> SafeString:
    """A picture with its name beside it, or the name that leads to the file."""
    if stored.content_type not in PICTURES:
        return file_link(stored)
    return format_html('{}<span class="shot-name">{}</span>', picture_link(stored, size), stored.name)
