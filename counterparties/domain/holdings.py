"""Who belongs to whom and for how long, as far as a reader may know."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counterparties.models import Counterparty, CounterpartyType, Membership
from counterparties.models.counterparty import CounterpartyQuerySet


def seen_by(decision: Any) -> CounterpartyQuerySet:
    """Holdings that may be viewed as holdings: seen as a client alone, one is nobody's holding to the reader."""
    return decision.counterparties("view", _types(decision))


def sets_seen(decision: Any) -> list[int]:
    """The same as combinations of types."""
    return decision.set_ids("view", _types(decision))


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
    # Of the holding that is asked, and not whether it is one of all that are seen: of tens of thousands, 27 ms a page.
    seen = frozenset(sets_seen(decision))
    return Membership.objects.on(timezone.localdate()).filter(holding__type_set__among=seen)


def members_of(holding: Any, decision: Any) -> QuerySet[Membership]:
    """Who belongs to it, belonged or will, as far as the reader may view the companies; to be counted."""
    found = Membership.objects.filter(holding=holding).order_by()
    return found if decision.has_everything("view") else found.filter(member__type_set__in=decision.set_ids("view"))


def overlapping(
    holding: Any, member: Any, since: date | None, until: date | None, *but: int | None
) -> Membership | None:
    """Another membership of the same two that holds on one of these days; none of those numbers."""
    same = Membership.objects.filter(holding=holding, member=member).exclude(pk__in=[pk for pk in but if pk])
    return same.between(since, until).select_related("member", "holding").first()


def meet(one: Membership, other: Membership) -> bool:
    """Is there a day of both? Nothing said is as far as time goes."""
    begins = one.since is None or other.until is None or one.since <= other.until
    return begins and (other.since is None or one.until is None or other.since <= one.until)


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


def goes_round(holding: int, member: int, since: date | None, until: date | None) -> bool:
    """Would the holding come to belong to itself on one of these days, by way of others? One query a level.

    Each membership is asked for these days alone: one that held only before or after does no harm. That two of the
    others may hold on different days of them is not looked into; such a chain is refused as well.
    """
    inside, level = {member}, {member}
    while level:
        within = Membership.objects.filter(holding__in=level).between(since, until)
        level = set(within.order_by().values_list("member", flat=True)) - inside
        if holding in level:
            return True
        inside |= level
    return False


def round_words(holding: Any, member: Any) -> str:
    words = {"member": member, "holding": holding}
    return _("%(holding)s belongs to %(member)s itself, so %(member)s cannot belong to it on the same days.") % words


def refuse_nonsense(kept: Membership) -> None:
    """Within the operation that kept it: two people who do the same, or the opposite, at once are told apart here."""
    # Everybody who changes who belongs to whom waits here: a round may close over any number of holdings.
    list(CounterpartyType.objects.select_for_update(no_key=True).filter(parent=None, kind_code="holding"))
    other = overlapping(kept.holding_id, kept.member_id, kept.since, kept.until, kept.pk)
    if other:
        raise ValidationError(overlap_words(other))
    if goes_round(kept.holding_id, kept.member_id, kept.since, kept.until):
        raise ValidationError(round_words(kept.holding, kept.member))
