"""What the list of receipts can be asked for."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from counterparties.models import Counterparty
from counterparties.pages.codes_filter import OneOfCodes
from counterparties.pages.filters import FIRST_DAY, LAST_DAY
from counterparties.pages.held_filters import Between, OfCounterparty
from desk.pages.filters import Filter
from exchange.domain import exports
from exchange.models import Export
from exchange.models.export import states
from staff.models import User

#: How the hash of a file is written.
SHA256 = re.compile(r"[0-9a-f]{64}")


class ByPerson(OneOfCodes):
    """Whoever took something along; offered to those who see more than their own."""

    key = "user"

    def __init__(self) -> None:
        self.label = _("Who")

    def options(self) -> list[tuple[str, Any]]:
        took = User.objects.filter(Exists(Export.objects.filter(user=OuterRef("pk"))))
        return [(each.username.lower(), str(each)) for each in took.order_by("first_name", "last_name", "username")]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        named = Q(pk__in=[])
        for name in asked["user"]:
            named |= Q(username__iexact=name)
        return Q(user__in=list(User.objects.filter(named).values_list("pk", flat=True)))


class FromList(OneOfCodes):
    """One of the lists that something was taken from, in the words of whoever took it last."""

    key, column = "list", "code"

    def __init__(self, decision: Any) -> None:
        self.label, self._decision = _("List"), decision

    def options(self) -> list[tuple[str, Any]]:
        seen = exports.seen_by(self._decision)
        newest = [pk for _code, pk in seen.order_by("code").values_list("code").annotate(newest=Max("pk"))]
        return list(Export.objects.filter(pk__in=newest).order_by("title").values_list("code", "title"))


class OnDays(Between):
    """When it was taken, by days of the office's clock, both ends included."""

    def __init__(self) -> None:
        super().__init__("day", _("Day"), "at")

    def condition(self, asked: Mapping[str, Any]) -> Q:
        found = Q()
        if day := asked.get("day_after"):
            found &= Q(at__gte=_moment(day, time.min))
        if day := asked.get("day_before"):
            found &= Q(at__lte=_moment(day, time.max))
        return found


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), hour))


class WithCounterparty(OfCounterparty):
    """The sheets in which a counterparty left the house. A hidden one is as good as none."""

    def __init__(self, decision: Any) -> None:
        super().__init__("counterparty", _("Counterparty"), "", decision)

    def condition(self, asked: Mapping[str, Any]) -> Q:
        known = [each for each in asked[self.key] if isinstance(each, Counterparty)]
        return Q(pk__in={number for each in known for number in exports.numbers_of(each.pk)})


class InState(OneOfCodes):
    """How they ended."""

    key = column = "state"

    def __init__(self) -> None:
        self.label = _("State")

    def options(self) -> list[tuple[str, Any]]:
        return states()


class OfFile(Filter):
    """Which receipt belongs to a file that turned up somewhere: by its SHA-256."""

    key = "sha256"

    def __init__(self) -> None:
        self.label = _("SHA-256 of a file")

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {self.key: HashField()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return Q(sha256=asked[self.key])


class HashField(forms.CharField):
    """64 digits and letters, as programs write them."""

    def to_python(self, value: Any) -> str:
        said = "".join(str(value or "").split()).lower()
        if said and not SHA256.fullmatch(said):
            raise forms.ValidationError(_("A SHA-256 has 64 signs: digits and the letters a to f."))
        return said


#: Names in the address that differ from the key of their filter: a day has two.
NAMES = {"day_after": "day", "day_before": "day"}


def filters(decision: Any) -> dict[str, Filter]:
    """Every filter by its key."""
    offered: list[Filter] = [FromList(decision), OnDays(), WithCounterparty(decision), InState(), OfFile()]
    if decision.may_manage_settings:
        offered.insert(0, ByPerson())
    return {each.key: each for each in offered}
