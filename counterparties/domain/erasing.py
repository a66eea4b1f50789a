"""Erasing a person where the law asks for it: blanked in place, with a receipt that says nothing of who it was."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from counterparties.models import Counterparty, Erasure
from desk.databases import attempt
from staff.models import User
from trail.domain import reasons
from trail.domain.erasing import Subject, erase
from trail.domain.erasing.acting import KIND
from trail.domain.operations import operation


class Rehearsed(Exception):
    """It was only asked what would be done; everything is as it was."""

    def __init__(self, receipt: Erasure) -> None:
        super().__init__()
        self.receipt = receipt


def erase_counterparty(counterparty: Counterparty, *, by: Any, reason: str, is_rehearsal: bool = False) -> Erasure:
    """Who it was is gone from the books and from their history, with its log-in, its papers and its letters.

    Whoever was joined with it is the same person, and goes before it: each with a receipt.
    """
    for each in _joined_with(counterparty):
        _erase({"counterparty": each}, by, reason, is_rehearsal)
    return _erase({"counterparty": counterparty}, by, reason, is_rehearsal)


def _joined_with(counterparty: Counterparty) -> list[Counterparty]:
    """All that were joined into it, and into those; who was erased before is erased."""
    found: dict[int, Counterparty] = {}
    level = {counterparty.pk}
    while level:
        those = Counterparty.objects.filter(joining__into__in=level).exclude(pk__in={counterparty.pk, *found})
        level = {each.pk for each in those}
        found |= {each.pk: each for each in those}
    return [each for _pk, each in sorted(found.items())]


def erase_user(user: User, *, by: Any, reason: str, is_rehearsal: bool = False) -> Erasure:
    """What they did stays, done by somebody with a number. A client's log-in goes with the client alone."""
    if user.is_guest:
        raise ValidationError(_("This is the log-in of a client. Erase the counterparty: its log-in goes with it."))
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise ValidationError(_("This is the last superuser. Make somebody else one first."))
    return _erase({"user": user}, by, reason, is_rehearsal)


def _erase(whom: dict[str, Any], by: Any, reason: str, is_rehearsal: bool) -> Erasure:
    kept = reasons.said(KIND, reason)
    if not kept:
        raise ValidationError(_("Say why: the reason is all that will be left to read."))

    def act() -> Erasure:
        now = timezone.now()
        with operation(KIND, by=by, reason=kept):
            subject = Subject(_called(now), now, by)
            if counterparty := whom.get("counterparty"):
                held = Counterparty.objects.select_for_update().get(pk=counterparty.pk)
                # Whoever has the card open is told that it was changed, instead of bringing it all back.
                held.claim(held.version)
                subject.counterparty = held.pk
            else:
                subject.users = {whom["user"].pk}
            erase(subject)
            if subject.phrases.stand_in(kept):
                raise ValidationError(_("The reason stays: write it without a name, a number or an address."))
            receipt = Erasure(**whom, by=by, at=now, reason=kept, files=len(subject.shelves))
            receipt.counts = {table: rows for table, rows in sorted(subject.counts.items()) if rows}
            receipt.save()
            if is_rehearsal:
                raise Rehearsed(receipt)
        return receipt

    try:
        return attempt(act)
    except Rehearsed as rehearsed:
        return rehearsed.receipt


def _called(now: Any) -> str:
    """What stands where a name was, in the language of the office."""
    with override(settings.LANGUAGE_CODE):
        return _("erased %(day)s") % {"day": timezone.localdate(now).isoformat()}
