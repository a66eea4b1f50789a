"""Why two counterparties are not joined; one sentence that says what to do first."""

from typing import Any

from django.utils.translation import gettext as _

from counterparties.domain.joining import links, moves
from counterparties.models import Counterparty, Erasure, Note

from .members import belong_together

#: So much is moved at once, in one transaction; whoever has more stays, and the other one goes.
MOST = 10_000
#: So many others point at it, at most: all of them are taken back in one portion (trail/domain/undoing/whole.py).
MOST_OTHERS = 900


def why_never(stays: Counterparty, goes: Counterparty) -> str:
    """What stands in the way whatever is chosen and whoever asks."""
    names = {"stays": stays.name, "goes": goes.name}
    for each in (goes, stays):
        if each.is_archived:
            return _("“%(name)s” is archived. Restore it first, then join.") % {"name": each.name}
    if stays.is_person != goes.is_person:
        person, other = (stays, goes) if stays.is_person else (goes, stays)
        sentence = _("“%(person)s” is an individual and “%(other)s” is not. If they are one, correct the card first.")
        return sentence % {"person": person.name, "other": other.name}
    if any(type_.kind.is_own_company for each in (stays, goes) for type_ in each.types):
        return _("Own companies are not joined: what they signed is theirs. Archive the one that is not needed.")
    if Erasure.objects.filter(counterparty__in=[stays.pk, goes.pk]).exists():
        return _("Personal data of one of them was erased, so nothing is brought together with it.")
    if belong_together(stays, goes):
        sentence = _("One of “%(stays)s” and “%(goes)s” belongs to the other as a company in a holding. They are two.")
        return sentence % names
    return ""


def why_not(plan: Any) -> str:
    """What stands in the way of this user, or of what hangs on both."""
    if sentence := why_never(plan.stays, plan.goes):
        return sentence
    if plan.hides or _has_hidden_notes(plan):
        # Not said what it is: that it exists is more than whoever may not see it was meant to know.
        return _("Not all that hangs on “%(name)s” is yours to see and to change. Ask a colleague who may.") % {
            "name": plan.goes.name
        }
    for count, limit in ((plan.others, MOST_OTHERS), (plan.moved, MOST)):
        if count > limit:
            words = {"name": plan.goes.name, "count": count, "limit": limit}
            sentence = _("“%(name)s” has %(count)d things to move; at most %(limit)d are moved. Let it stay instead.")
            return sentence % words
    if fact := links.said_of_both(plan.links, plan.stays):
        sentence = _("Others say “%(goes)s” and “%(stays)s” for “%(fact)s”, which no two may share. Change one first.")
        return sentence % {"goes": plan.goes.name, "stays": plan.stays.name, "fact": fact.label}
    if codes := moves.codes_of_both(plan.stays, plan.things["projects"]):
        sentence = _("Both have a project with the code “%(code)s”. Change one of the two first.")
        return sentence % {"code": codes[0]}
    return ""


def _has_hidden_notes(plan: Any) -> bool:
    mine = Note.objects.filter(counterparty=plan.goes.pk)
    return len(plan.things["notes"]) != mine.read_by(plan.decision).count()
