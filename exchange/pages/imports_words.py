"""What an import would do and what it did, in sentences."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from counterparties.pages.facts import visible_path
from exchange.domain import field_words, importing
from exchange.models import Import
from exchange.models.importing import CHANGED, CONFLICT, NEW, REFUSED, SAME

#: Colours of the outcomes, as of statuses.
COLOURS = {NEW: "green", CHANGED: "teal", SAME: "slate", CONFLICT: "amber", REFUSED: "red"}


def outcome_names() -> dict[str, str]:
    """What stands under each figure."""
    return {
        NEW: pgettext("rows", "New"),
        CHANGED: pgettext("rows", "Changed"),
        SAME: pgettext("rows", "Same"),
        CONFLICT: pgettext("rows", "Conflicts"),
        REFUSED: pgettext("rows", "Refused"),
    }


def number(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)


def would_do(of: Import) -> str:
    """*120 counterparties will be created, 30 changed.*"""
    counts = of.foreseen
    new, changed = counts.get(NEW, 0), counts.get(CHANGED, 0)
    if not new and not changed:
        return _("Nothing would be changed.")
    parts = []
    if new:
        words = ngettext("%(number)s counterparty will be created.", "%(number)s counterparties will be created.", new)
        parts.append(words % {"number": number(new)})
    if changed:
        words = ngettext(
            "%(number)s counterparty will be changed.", "%(number)s counterparties will be changed.", changed
        )
        parts.append(words % {"number": number(changed)})
    return " ".join(parts)


def left_out(counts: dict[str, int]) -> list[str]:
    """Which rows change nothing, and why."""
    sentences = (
        (SAME, ngettext("%(number)s row says what is known already.", "%(number)s rows say what is known already.",
                        counts.get(SAME, 0))),
        (CONFLICT, ngettext("%(number)s row is left out, as it was changed since the sheet was made.",
                            "%(number)s rows are left out, as they were changed since the sheet was made.",
                            counts.get(CONFLICT, 0))),
        (REFUSED, ngettext("%(number)s refused row is left out.", "%(number)s refused rows are left out.",
                           counts.get(REFUSED, 0))),
    )  # fmt: skip
    return [words % {"number": number(counts[name])} for name, words in sentences if counts.get(name)]


def did(of: Import) -> str:
    """*120 counterparties were created, 30 changed.*"""
    counts = of.counts
    new, changed = counts.get(NEW, 0), counts.get(CHANGED, 0)
    if not new and not changed:
        return _("Nothing was changed.")
    parts = []
    if new:
        words = ngettext("%(number)s counterparty was created.", "%(number)s counterparties were created.", new)
        parts.append(words % {"number": number(new)})
    if changed:
        words = ngettext("%(number)s counterparty was changed.", "%(number)s counterparties were changed.", changed)
        parts.append(words % {"number": number(changed)})
    return " ".join(parts)


def how(of: Import, decision: Any) -> list[tuple[str, str]]:
    """What was asked of the rows, for the side of preview and report."""
    fields = importing.fields_for(decision)
    modes = {"upsert": _("Add new ones and change known ones"), "create": _("Only add new ones")}
    types = [visible_path(each, decision) for each in decision.types("view") if each.code in of.types]
    facts = [
        (_("What is done"), modes.get(of.mode, _("Only change known ones"))),
        (_("Rows are known by"), field_words.label(fields, of.key) if of.key in fields.names else of.key),
    ]
    ticks = (
        (of.is_whole, _("Nothing at all is taken in when a row is refused")),
        (of.empty_clears, _("An empty cell empties the fact")),
        (of.overwrites, _("What was changed since the sheet was made is overwritten")),
        (of.creates_elements, _("Elements that are missing are created")),
    )
    facts += [(_("Types"), ", ".join(types))] if types else []
    return facts + [(_("Besides"), words) for is_set, words in ticks if is_set]
