"""Where a counterparty sits, takes delivery, or is found otherwise."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import belongings, keeping
from counterparties.models import Address
from counterparties.models.address import address_kinds
from desk.models import Gone

from .belongings import Belonging, BelongingForm
from .card_fields import CountryField


def one_already() -> str:
    return _("There is one already. Edit that one, or make this an other address.")


class AddressForm(BelongingForm):
    class Meta:
        model = Address
        fields = ["kind", "name", "line1", "line2", "postal_code", "city", "region", "country"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"] = CountryField(label=Address._meta.get_field("country").verbose_name)
        self.fields["kind"].choices = address_kinds()
        self.fields["name"].help_text = gettext_lazy("For other addresses: warehouse, branch, shop …")
        spans = {"kind": 2, "name": 4, "line1": 6, "line2": 6, "postal_code": 1, "city": 3, "region": 2, "country": 2}
        for name, span in spans.items():
            self.fields[name].span = span
        if not self.instance.pk:
            self.initial.setdefault("kind", self._first_free())
            self.initial.setdefault("country", self.counterparty.country)

    @property
    def guard(self) -> Any:
        """One version guards a card with its addresses."""
        return self.counterparty

    def _first_free(self) -> str:
        taken = set(self.counterparty.addresses.values_list("kind", flat=True))
        return next((kind for kind in ("company", "delivery") if kind not in taken), "other")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        kind = cleaned.get("kind", "other")
        others = self.counterparty.addresses.filter(kind=kind).exclude(pk=self.instance.pk)
        if kind != "other" and (there := others.first()) and not self._is_sent_twice(there):
            self.add_error("kind", one_already())
        if not any(cleaned.get(name) for name in ("line1", "line2", "city", "region", "postal_code")):
            self.add_error("line1", _("Write at least the street or the town."))
        return cleaned

    def _is_sent_twice(self, there: Address) -> bool:
        return not self.instance.pk and self.is_from_here(there, self.decision.user)


class Addresses(Belonging):
    """One company and one delivery address, and any number of others."""

    code, name, model, form = "addresses", "address", Address, AddressForm
    new_words, section_words = gettext_lazy("New address"), gettext_lazy("Address")

    def add(self, form: BelongingForm, request: HttpRequest) -> Any:
        made, opened = form.made(), form.opened_at
        try:
            return belongings.add(made, by=request.user, first=keeping.claim_card, then=form.after, opened_at=opened)
        except IntegrityError as error:
            # Somebody noted another one between this form's check and its writing; what was deleted is told elsewhere.
            raise error if isinstance(error, Gone) else ValidationError({"kind": one_already()}) from None

    def remove(self, thing: Any, request: HttpRequest) -> None:
        belongings.remove(thing, by=request.user, first=keeping.claim_card)


addresses = Addresses()
