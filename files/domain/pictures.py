"""Pictures are drawn anew before they are kept: upright, without the words of the camera, of a bearable size."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

#: Pillow reads dozens of formats; some of them eat the memory of the machine.
READ = ("PNG", "JPEG", "WEBP", "GIF")
CONTENT_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
ENDINGS = {"image/png": (".png",), "image/jpeg": (".jpg", ".jpeg"), "image/webp": (".webp",)}
#: Four bytes each while it is drawn, and twice that when it has to be turned.
MOST_PIXELS = 25_000_000


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept."""

    content: bytes
    content_type: str


def redrawn(content: bytes) -> Picture:
    """The same picture and nothing else of the file; ValidationError tells why it cannot be taken."""
    try:
        with warnings.catch_warnings():
            # A bomb is told by its size below; Pillow's warning would only reach the log.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=READ) as opened:
                _bearable(opened)
                return _drawn(opened)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(_too_large(), code="too_many_pixels") from None
    except Exception as error:  # whatever a damaged picture makes Pillow raise
        message = _("The picture cannot be read: it is damaged, or it is no PNG, JPEG, WEBP or GIF.")
        raise ValidationError(message, code="damaged") from error


def _bearable(opened: Any) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise ValidationError(_too_large(), code="too_many_pixels")


def _too_large() -> str:
    return _("The picture has more than %(number)d million points. Make it smaller and try again.") % {
        "number": MOST_PIXELS // 1_000_000
    }


def _drawn(opened: Any) -> Picture:
    # An animation becomes its first picture, and so a GIF becomes a PNG.
    kept = "PNG" if opened.format == "GIF" else opened.format
    ImageOps.exif_transpose(opened, in_place=True)
    picture = plain(opened, see_through=kept != "JPEG")
    written = io.BytesIO()
    picture.save(written, kept, **({"quality": 90} if kept != "PNG" else {"optimize": False}))
    return Picture(written.getvalue(), CONTENT_TYPES[kept])


def plain(picture: Any, *, see_through: bool) -> Any:
    """Points alone: no palette, no colour profile, no words."""
    see_through = see_through and picture.has_transparency_data
    wanted = "RGBA" if see_through else "RGB"
    # A copy of a large picture is as large once more.
    bare = picture if picture.mode == wanted else picture.convert(wanted)
    bare.info = {}
    return bare


class Damaged(Exception):
    """A kept picture is none any more."""


def thumbnail(content: bytes, side: int) -> bytes:
    """A small PNG of a kept picture that fits into a square."""
    try:
        return _small(content, side)
    except Exception as error:  # whatever a damaged picture makes Pillow raise
        raise Damaged(error) from error


def _small(content: bytes, side: int) -> bytes:
    with Image.open(io.BytesIO(content), formats=READ) as opened:
        # A large JPEG is read at a fraction of its size right away.
        opened.draft("RGB", (side * 2, side * 2))
        picture = plain(opened, see_through=True)
        picture.thumbnail((side, side))
        written = io.BytesIO()
        picture.save(written, "PNG")
        return written.getvalue()
