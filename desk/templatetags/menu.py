"""The side menu, written in one go: every page of the office has its twenty lines."""

from collections.abc import Iterable

from django import template
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe

from desk.menu import Entry, Group
from desk.widgets import escaped

register = template.Library()


@register.filter
def lines(groups: Iterable[Group]) -> SafeString:
    """Each group under its heading, if it has one."""
    written = []
    for group in groups:
        label = escaped(group.label)
        written += [f"<h2>{label}</h2>"] if label else []
        written += map(_line, group.entries)
    return mark_safe("\n  ".join(written))  # noqa: S308 -- every part was escaped


def _line(entry: Entry) -> str:
    here = ' aria-current="page"' if entry.is_current else ""
    count = "" if entry.count is None else f"<span>{escaped(localize(entry.count))}</span>"
    return f'<a href="{escaped(entry.url)}"{here}>{escaped(entry.label)}{count}</a>'
