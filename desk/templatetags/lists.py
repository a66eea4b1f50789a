"""The head of a list and the columns to choose from, written in one go: every page of a list has dozens of them."""

from collections.abc import Callable, Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from desk.columns import Column
from desk.listing import Head
from desk.templatetags.desk import icon
from desk.widgets import escaped

register = template.Library()

#: By how a column is sorted: what is said of its head, and what stands behind its title.
SAID = {"": "", "asc": ' aria-sort="ascending"', "desc": ' aria-sort="descending"'}
ARROWS = {"": "", "asc": ' <span aria-hidden="true">↑</span>', "desc": ' <span aria-hidden="true">↓</span>'}


@register.filter
def heads(columns: Iterable[Head]) -> SafeString:
    """A cell for each column, with the link that sorts by it."""
    cells = []
    for each in columns:
        title = escaped(each.title)
        told = f"{title}: {escaped(each.help)}" if each.help else title
        inside = f'<a href="{escaped(each.sort_url)}">{title}{ARROWS[each.sorted]}</a>' if each.sort_url else title
        cells.append(f'<th scope="col" class="{escaped(each.css)}" title="{told}"{SAID[each.sorted]}>{inside}</th>')
    return mark_safe("".join(cells))  # noqa: S308 -- every part was escaped


@register.filter
def ways_to_sort(columns: Iterable[Head]) -> SafeString:
    """The same links, for a phone, where a list has no head to press."""
    links = []
    for each in columns:
        if each.sort_url:
            current = ' aria-current="true"' if each.sorted else ""
            links.append(f'<a href="{escaped(each.sort_url)}"{current}>{escaped(each.title)}{ARROWS[each.sorted]}</a>')
    return mark_safe("".join(links))  # noqa: S308 -- every part was escaped


@register.filter
def movable(columns: Iterable[Column]) -> SafeString:
    """The columns that are shown, each as a tick in its line, with the arrows that move it."""
    arrows_of = _arrows()
    before = '<li><label class="tick"><input class="form-check-input" type="checkbox" name="columns" value="'
    lines = []
    for each in columns:
        key, title = escaped(each.key), escaped(each.title)
        value = f' value="{key}"'
        lines.append(f'{before}{key}" checked>{title}</label>{arrows_of(value, title)}</li>')
    return mark_safe("".join(lines))  # noqa: S308 -- every part was escaped


@register.simple_tag
def arrows() -> SafeString:
    """Those of a line that a script will add; it says itself of which column they are."""
    return mark_safe(_arrows()("", ""))  # noqa: S308 -- every part was escaped


def _arrows() -> Callable[[str, str], str]:
    """Writes the arrows and the grip of one column."""
    up, down = escaped(_("Move up:")), escaped(_("Move down:"))
    above, below, grip = icon("arrow-up"), icon("arrow-down"), icon("grip-vertical")

    def written(value: str, title: str) -> str:
        return (
            f'<span class="moves"><button type="submit" name="up"{value} aria-label="{up} {title}">{above}</button>'
            f'<button type="submit" name="down"{value} aria-label="{down} {title}">{below}</button>'
            f'<span class="grip">{grip}</span></span>'
        )

    return written
