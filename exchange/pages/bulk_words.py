"""What a bulk edit would do and what it did, in sentences."""

from typing import Any

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from characteristics.pages.parts import title, words
from counterparties.models import CounterpartyType
from counterparties.pages.facts import visible_path
from exchange.domain.change import Change
from exchange.domain.outcome import Outcome, Pile


def told(change: Change, decision: Any) -> list[str]:
    """What becomes of each of them."""
    found = []
    if change.archives is not None:
        found += _moved(change.archives)
    if "status" in change.facts:
        status = change.facts["status"]
        becomes = _("The status becomes “%(status)s”.") % {"status": status.label} if status else ""
        found.append(becomes or _("The status is emptied."))
    if change.added:
        found.append(_("These types are added: %(types)s.") % {"types": _types(change.added, decision)})
    if change.removed:
        found.append(_("These types are removed: %(types)s.") % {"types": _types(change.removed, decision)})
    for characteristic, said in change.answers.items():
        names = {"name": title(characteristic), "value": words(characteristic, said)}
        if said:
            found.append(_("“%(name)s” becomes: %(value)s.") % names)
        else:
            found.append(_("“%(name)s” is emptied, whatever is said there now.") % names)
    return found


def _moved(archives: bool) -> list[str]:
    if not archives:
        return [_("They come back into the lists and choices of daily work.")]
    return [
        _("They leave the lists and choices of daily work. Nothing is deleted."),
        _("Their cards, history and documents stay and can be read; each can be restored at any time."),
    ]


def _types(types: Any, decision: Any) -> str:
    named: list[CounterpartyType] = list(types)
    return get_text_list([_("“%(name)s”") % {"name": visible_path(each, decision)} for each in named], _("and"))


def fates(outcome: Outcome) -> list[dict[str, Any]]:
    """Every fate with its number, its reason and the first of its counterparties."""
    return [
        *_row(_same(outcome.same.count), outcome.same),
        *[row for why, pile in outcome.left_out.items() for row in _row(_left_out(pile.count), pile, why)],
        *[row for why, pile in outcome.refused.items() for row in _row(_refused(pile.count), pile, why)],
        *_row(_unknown(outcome.unknown), Pile(outcome.unknown)),
    ]


def _row(sentence: str, pile: Pile, why: str = "") -> list[dict[str, Any]]:
    if not pile.count:
        return []
    return [{"said": sentence, "why": why, "first": pile.first, "more": _more(pile)}]


def _more(pile: Pile) -> str:
    """*and 38 more*, after those that are named."""
    rest = pile.count - len(pile.first)
    if not pile.first or not rest:
        return ""
    return ngettext("and %(number)s more", "and %(number)s more", rest) % {"number": number(rest)}


def will_change(outcome: Outcome) -> dict[str, Any]:
    """The good ones, for the head of the preview."""
    pile = outcome.changed
    sentence = ngettext(
        "%(number)s counterparty will be changed.", "%(number)s counterparties will be changed.", pile.count
    ) % {"number": number(pile.count)}
    return {"said": sentence if pile.count else _("Nobody would be changed."), "first": pile.first, "more": _more(pile)}


def hidden(outcome: Outcome) -> list[str]:
    """What goes out of sight with the types that are removed."""
    in_order = sorted(outcome.hidden.items(), key=lambda pair: (pair[0].position, pair[0].name))
    return [_hides(count) % {"name": title(each), "number": number(count)} for each, count in in_order]


def _hides(count: int) -> str:
    return ngettext(
        "“%(name)s” hides: %(number)s counterparty has said something there.",
        "“%(name)s” hides: %(number)s counterparties have said something there.",
        count,
    )


def done_words(outcome: Outcome) -> str:
    """*1,204 changed; 6 left as they were; 4 left out. You may not edit such counterparties.*"""
    counted = [
        (ngettext("%(number)s changed", "%(number)s changed", outcome.changed.count), outcome.changed.count),
        (ngettext("%(number)s left as it was", "%(number)s left as they were", outcome.same.count), outcome.same.count),
        (ngettext("%(number)s left out", "%(number)s left out", outcome.left_out_count), outcome.left_out_count),
        (ngettext("%(number)s refused", "%(number)s refused", outcome.refused_count), outcome.refused_count),
        (ngettext("%(number)s not there any more", "%(number)s not there any more", outcome.unknown), outcome.unknown),
    ]
    first, *others = [(words % {"number": number(count)}, count) for words, count in counted]
    what = "; ".join([first[0], *[words for words, count in others if count]])
    return " ".join([f"{what}.", *outcome.left_out, *outcome.refused])


def _same(count: int) -> str:
    sentence = ngettext("%(number)s says so already.", "%(number)s say so already.", count)
    return sentence % {"number": number(count)}


def _left_out(count: int) -> str:
    return ngettext("%(number)s is left out.", "%(number)s are left out.", count) % {"number": number(count)}


def _refused(count: int) -> str:
    return ngettext("%(number)s is refused.", "%(number)s are refused.", count) % {"number": number(count)}


def _unknown(count: int) -> str:
    sentence = ngettext("%(number)s is not there any more.", "%(number)s are not there any more.", count)
    return sentence % {"number": number(count)}


def number(count: int) -> str:
    return number_format(count, force_grouping=True)
