"""Two counterparties that are one: the one stays with all that hung on both, the other goes into the archive."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone

from characteristics.domain import unshared, values
from counterparties.domain import clients, log_ins
from counterparties.domain.in_bulk import writing
from counterparties.domain.joining import banked, links, members, moves
from counterparties.domain.joining.plan import Choice, Plan
from counterparties.domain.keeping import Taken
from counterparties.domain.type_sets import key_of, type_set_of
from counterparties.domain.undoing.cards import release
from counterparties.models import BankAccount, Counterparty, Joining
from desk.databases import attempt
from desk.models import Stale
from files.models import StoredFile
from trail.domain.operations import operation

KIND = "join"


class Already(Exception):
    """It was joined with this one before: the form was sent twice."""


def join(
    stays: Counterparty,
    goes: Counterparty,
    choice: Choice,
    decision: Any,
    *,
    by: Any,
    seen: tuple[int | str, int | str],
    reason: str = "",
) -> None:
    """One operation. Stale when either was changed since it was ``seen``; ValidationError where it may not be.

    Already when it was done before: whoever sends a form twice is told so, and nothing is done.
    """

    def act() -> None:
        with operation(KIND, by=by, reason=reason):
            unshared.hold(goes.values.values_list("characteristic", flat=True))
            plan = _held(stays, goes, decision, seen)
            if plan.why_not:
                raise ValidationError(plan.why_not)
            _write(plan, choice, by)

    try:
        attempt(act)
    except IntegrityError as error:
        raise Taken from error


def _held(stays: Counterparty, goes: Counterparty, decision: Any, seen: tuple[int | str, int | str]) -> Plan:
    """Both as they stand, held with all who point at the one that goes or bank with it; in the order of their ids."""
    pointing = goes.pointed_at_by.order_by().values("counterparty")
    held_there = BankAccount.objects.filter(bank=goes.pk).order_by().values("counterparty")
    asked = Counterparty.objects.filter(Q(pk__in=[stays.pk, goes.pk]) | Q(pk__in=pointing) | Q(pk__in=held_there))
    held = {each.pk: each for each in asked.order_by("pk").select_for_update(of=("self",))}
    one, other = held[stays.pk], held[goes.pk]
    if other.is_archived and Joining.objects.filter(counterparty=other.pk, into=one.pk).exists():
        raise Already
    for each, version in ((one, seen[0]), (other, seen[1])):
        if str(each.version) != str(version):
            raise Stale(each)
    return Plan(one, other, decision, held)


def _write(plan: Plan, choice: Choice, by: Any) -> None:
    stays, goes, compared = plan.stays, plan.goes, plan.compared
    types = compared.types_after(choice.types)
    changed, given = plan.facts(choice)
    of_client, answers = compared.client_facts(choice.facts, types), compared.answers(choice.facts, types)
    repointed = links.differences(plan.links, stays, goes, {each.pk for each in answers})
    as_client = clients.Differences(stays, of_client, {}, "", by)

    for name, said in changed.items():
        setattr(stays, name, said)
    for name, said in given.items():
        setattr(goes, name, said)
    if stays.type_set.key != key_of(types):
        stays.type_set = type_set_of(types)
    goes.archived_at = timezone.now()
    # Both let go of a code or a number before either takes the other's.
    release([stays, goes])
    writing.change([goes], [goes])
    if "email" in changed and log_ins.may_log_in([stays]):
        _check_email(stays)

    as_client.save(stays)
    # What nobody shares is let go of by the one before the other says it.
    values.Answered(goes, {each: [] for each in answers if each.is_unique}).save(goes)
    values.Answered(stays, answers).save(stays)
    writing.answer(repointed.new, repointed.changed, repointed.gone)
    things = [each for those in plan.things.values() for each in those]
    banked.move(plan.banked.rows, plan.things["accounts"], stays, goes)
    moves.move(things, stays)
    members.join(plan.memberships.rows, stays, goes)
    files = moves.files_of(things) | _files_in(of_client) | _files_in(answers)
    moves.give_files(files, goes, stays)
    touched = {stays.pk} | plan.banked.owners | {row.counterparty_id for row in [*repointed.changed, *repointed.gone]}
    # Cards that stand open show what has become another: whoever saves one is told.
    writing.change([stays] if stays.changed_fields() else [], [plan.held[pk] for pk in sorted(touched)])
    said = Joining.objects.filter(counterparty=goes.pk).first() or Joining(counterparty=goes)
    said.into = stays
    said.save()


def _check_email(stays: Counterparty) -> None:
    """The other one's log-in is closed by now, so that only somebody else's stands in the way."""
    try:
        log_ins.check_email(stays.email, stays)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from None


def _files_in(taken: Mapping[Any, Any]) -> set[int]:
    """Files among the facts or answers that are taken over."""
    said: Iterable[Any] = (one for each in taken.values() for one in (each if isinstance(each, list) else [each]))
    return {each.pk for each in said if isinstance(each, StoredFile)}
