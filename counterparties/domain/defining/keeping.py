"""Keeping one settings object as the file wants it, and saying what that changed."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Model, QuerySet

from .plan import Entry, Refused, Report

#: Field of a model → key of the file, where they differ.
KEYS = {"type_code": "type", "is_required": "required", "is_multiple": "several", "is_unique": "unique"}


def keep(thing: Any, entry: Entry, facts: dict[str, Any], words: str, report: Report) -> None:
    """Save the thing with these facts, if they say anything new, and note it in the report."""
    is_new = thing.pk is None
    for field, value in facts.items():
        setattr(thing, field, value)
    if is_new and not thing.name:
        raise Refused(entry.path, f"“{entry.code}” is new and needs a name.")
    if not is_new and not set(thing.changed_fields()) - {"version"}:
        report.same.append(words)
        return
    try:
        thing.full_clean()
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise Refused(f"{entry.path}.{KEYS.get(field, field)}", " ".join(messages)) from None
    if not is_new:
        thing.claim(thing.version)
    thing.save()
    (report.created if is_new else report.changed).append(words)


def after(siblings: QuerySet) -> int:
    """The place behind all the others."""
    return (siblings.aggregate(last=Max("position"))["last"] or 0) + 1


def parents_first(entries: list[Any], known: Callable[[str], bool]) -> list[Any]:
    """The entries in such an order that each parent stands before its children, wherever the file has them."""
    waiting, done, found = list(entries), set(), []
    codes = {entry.code for entry in entries}
    while waiting:
        ready = [
            e for e in waiting if (parent := e.facts.get("parent")) is None or parent in done or parent not in codes
        ]
        if not ready:
            raise Refused(f"{waiting[0].path}.parent", f"“{waiting[0].code}” would stand under itself.")
        for entry in ready:
            parent = entry.facts.get("parent")
            if parent is not None and parent not in codes and not known(parent):
                raise Refused(f"{entry.path}.parent", f"there is no “{parent}”, neither here nor in the office.")
        found += ready
        done |= {entry.code for entry in ready}
        waiting = [entry for entry in waiting if entry.code not in done]
    return found


def refuse_circle(thing: Any, parent: Model | None, entry: Entry) -> None:
    """Nothing stands under itself or under what stands below it."""
    above: Any = parent
    while above is not None:
        if above.pk == thing.pk:
            raise Refused(f"{entry.path}.parent", f"“{entry.code}” would stand under itself.")
        above = above.parent
