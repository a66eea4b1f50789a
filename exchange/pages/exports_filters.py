"""What the list of receipts can be asked for."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from counterparties.models import Counterparty
from counterparties.pages.codes_filter import OneOfCodes
from counterparties.pages.held_filters import OfCounterparty
from desk.pages.filters import Filter
from exchange.domain import exports
from exchange.models import Export
from exchange.models.export import states

from .asked_by import ByPerson, InState, OnDays

#: How the hash of a file is written.
SHA256 = re.compile(r"[0-9a-f]{64}")


class FromList(OneOfCodes):
    """One of the lists that something was taken from, in the words of whoever took it last."""

    key, column = "list", "code"

    def __init__(self, decision: Any) -> None:
        self.label, self._decision = _("List"), decision

    def options(self) -> list[tuple[str, Any]]:
        seen = exports.seen_by(self._decision)
        newest = [pk for _code, pk in seen.order_by("code").values_list("code").annotate(newest=Max("pk"))]
        return list(Export.objects.filter(pk__in=newest).order_by("title").values_list("code", "title"))


class WithCounterparty(OfCounterparty):
    """The sheets in which a counterparty left the house. A hidden one is as good as none."""

    def __init__(self, decision: Any) -> None:
        super().__init__("counterparty", _("Counterparty"), "", decision)

    def condition(self, asked: Mapping[str, Any]) -> Q:
        known = [each for each in asked[self.key] if isinstance(each, Counterparty)]
        return Q(pk__in={number for each in known for number in exports.numbers_of(each.pk)})


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


def filters(decision: Any) -> dict[str, Filter]:
    """Every filter by its key."""
    offered: list[Filter] = [FromList(decision), OnDays("at"), WithCounterparty(decision), InState(states()), OfFile()]
    if decision.may_manage_settings:
        offered.insert(0, ByPerson(Export))
    return {each.key: each for each in offered}
