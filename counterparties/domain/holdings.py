"""Who belongs to whom and for how long, as far as a reader may know."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counterparties.models import Counterparty, Membership
from counterparties.models.counterparty import CounterpartyQuerySet


def seen_by(decision: Any) -> CounterpartyQuerySet:
    """Holdings that may be viewed as holdings: seen as a client alone, one is nobody's holding to the reader."""
    return decision.counterparties("view", _types(decision))


def knows_holdings(decision: Any) -> bool:
    """May the reader view any counterparty as a holding?"""
    return bool(_types(decision))


def as_holding(decision: Any, right: str, counterparty: Counterparty) -> bool:
    """Does a type that makes it a holding grant the right?"""
    granting = decision.type_ids(right)
    return any(each.kind.groups_clients and each.pk in granting for each in decision.visible_types(counterparty))


def _types(decision: Any) -> list[int]:
    return [each.pk for each in decision.types("view") if each.kind.groups_clients]


def of_today(decision: Any) -> QuerySet[Membership]:
    """Memberships that hold today in holdings the reader may view as such; of whom is the caller's question."""
    return Membership.objects.on(timezone.localdate()).filter(holding__in=seen_by(decision).order_by().values("pk"))


def overlapping(
    holding: Any, member: Any, since: date | None, until: date | None, but: int | None = None
) -> Membership | None:
    """Another membership of the same two that holds on one of these days."""
    same = Membership.objects.filter(holding=holding, member=member).exclude(pk=but)
    return same.between(since, until).select_related("member", "holding").first()


def overlap_words(other: Membership) -> str:
    words = {"member": other.member, "holding": other.holding}
    if other.since and other.until:
        days = {"since": date_format(other.since), "until": date_format(other.until)}
        return _("%(member)s belongs to %(holding)s already, from %(since)s to %(until)s.") % (words | days)
    if other.since:
        since = {"since": date_format(other.since)}
        return _("%(member)s belongs to %(holding)s already, since %(since)s.") % (words | since)
    if other.until:
        until = {"until": date_format(other.until)}
        return _("%(member)s belongs to %(holding)s already, until %(until)s.") % (words | until)
    return _("%(member)s belongs to %(holding)s already.") % words


def refuse_overlap(kept: Membership) -> None:
    """Within the operation that kept it: two people who add the same company at once are told apart here."""
    # Not its key: the memberships that two people add hold that already, and would wait for each other.
    Counterparty.objects.select_for_update(no_key=True).get(pk=kept.holding_id)
    other = overlapping(kept.holding_id, kept.member_id, kept.since, kept.until, but=kept.pk)
    if other:
        raise ValidationError(overlap_words(other))
