"""The form of one bank account."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import agreements, bank_accounts, identifiers
from counterparties.domain.banks import Banks, bank_type
from counterparties.domain.targets import Targets
from counterparties.models import BankAccount, Counterparty
from desk.fields import DateFormField, LineFormField
from trail.domain.twice import came_since

from .bank_account_words import noted_words, same_elsewhere
from .belongings import BelongingForm
from .company_field import CompanyField, OneOfType
from .money_fields import CurrencyField

SPANS = {
    "number": 4, "currency": 2, "holder": 4, "is_main": 2, "bank": 2, "bank_name": 2, "bic": 2, "company": 2,
    "purpose": 4, "closed_on": 2,
}  # fmt: skip
PARTS = (
    ("facts", gettext_lazy("Account"), ("number", "currency", "holder", "is_main")),
    ("bank", gettext_lazy("Bank"), ("bank", "bank_name", "bic")),
    ("use", gettext_lazy("Use"), ("company", "purpose", "closed_on")),
)
#: So much may be typed: the longest number, and what people put between its parts.
TYPED = 60
HINTS = {
    "number": gettext_lazy("An IBAN, with or without spaces; or the number as the bank writes it, if it gives none."),
    "holder": gettext_lazy("Only if the account is in another name."),
    "is_main": gettext_lazy("It stands in lists and sheets. Each currency has one; the one before gives way."),
    "bank_name": gettext_lazy("Only if it is not among the banks of the office."),
    "closed_on": gettext_lazy("A closed account is no longer the main one."),
}


class BankAccountForm(BelongingForm):
    class Meta:
        model = BankAccount
        # The bank and the own company may be what no model takes: a hidden one.
        fields = ["number", "currency", "holder", "is_main", "bank_name", "bic", "purpose", "closed_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept, fields, targets = self.instance, self.fields, Targets.of(self.decision)
        fields["currency"] = CurrencyField(kept.currency)
        fields["closed_on"] = DateFormField(required=False)
        # An IBAN is typed with its spaces.
        fields["number"] = LineFormField(max_length=TYPED)
        self._offer("bank", bank_type(self.decision), targets, label=_("Bank"))
        if not any(each.kind.is_own_company for each in self.decision.visible_types(self.counterparty)):
            self._offer("company", agreements.own_company_type(self.decision), targets)
        if kept.pk:
            self.initial["number"] = str(kept)
        else:
            del fields["closed_on"]
            self.initial["currency"] = agreements.last_currency(self.counterparty)
            self.initial["is_main"] = not bank_accounts.main_of([self.counterparty.pk])
        for name, span in SPANS.items():
            if name in fields:
                fact: Any = BankAccount._meta.get_field(name)
                fields[name].span = span
                fields[name].label = fields[name].label or capfirst(fact.verbose_name)
                fields[name].help_text = fields[name].help_text or HINTS.get(name, "")
        fields["number"].label = _("IBAN or account number")

    def _offer(self, name: str, type_id: int | None, targets: Targets, **facts: Any) -> None:
        """Asked where there is something to choose, or something chosen, be it hidden from the reader."""
        kept = getattr(self.instance, name)
        if type_id is None or (targets.offered(type_id) == [] and kept is None):
            return
        label = facts.get("label") or _("Own company")
        made = CompanyField(type_id, targets, kept) if name == "company" else OneOfType(label, type_id, targets, kept)
        made.label, self.fields[name] = label, made
        self.initial[name] = made.kept

    @property
    def guard(self) -> Any:
        """One version guards a card with its accounts."""
        return self.counterparty

    # ---- what was typed

    def clean_number(self) -> str:
        return identifiers.check_account_number(self.cleaned_data["number"])

    def clean_bic(self) -> str:
        return identifiers.check_bic(self.cleaned_data["bic"])

    def clean_closed_on(self) -> Any:
        day = self.cleaned_data["closed_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("That day is still to come. Close the account when it has come."))
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned.get("bank"):
            # One that is chosen has its name on its own card.
            cleaned["bank_name"] = ""
        self._find_bank(cleaned)
        is_iban = BankAccount(number=cleaned["number"]).is_iban
        if not is_iban and not any(cleaned.get(name) for name in ("bank", "bank_name", "bic")):
            self.add_error("bank_name", _("Say at which bank: unlike an IBAN, such a number does not tell."))
        if (same := self._noted_before(cleaned)) and not self._is_from_here(same):
            self.add_error("number", noted_words(same))
        if cleaned.get("closed_on"):
            cleaned["is_main"] = False
        return cleaned

    def _noted_before(self, cleaned: dict[str, Any]) -> BankAccount | None:
        facts = {name: cleaned[name] for name in ("number", "currency")}
        return bank_accounts.noted_before(BankAccount(pk=self.instance.pk, counterparty=self.counterparty, **facts))

    def _is_from_here(self, same: BankAccount) -> bool:
        """What the same person noted since the form was opened may be this form, sent twice."""
        return not self.instance.pk and came_since(same, self.opened_at, self.decision.user)

    def _find_bank(self, cleaned: dict[str, Any]) -> None:
        """Where nobody said which bank it is and the number tells, it is noted; what was said is never overruled."""
        if not {"number", "bic"} & set(self.changed_data) or cleaned.get("bank_name"):
            return
        banks, account = Banks(self.decision), (cleaned["number"], cleaned["bic"])
        if "bank" in self.fields and cleaned.get("bank") is None:
            cleaned["bank"] = banks.holding([account]).get(account)
        bank = cleaned.get("bank")
        if isinstance(bank, Counterparty) and not cleaned["bic"]:
            try:
                cleaned["bic"] = identifiers.check_bic(banks.bic_of(bank))
            except ValidationError:
                cleaned["bic"] = ""  # it is known by another code

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        for name in ("bank", "company"):
            if name in self.fields:
                said = self.cleaned_data[name]
                facts[f"{name}_id"] = said and said.pk
        return facts

    def before(self, thing: Any) -> None:
        bank_accounts.make_room(thing)

    def tell_elsewhere(self) -> None:
        """Beside the number, whoever else has it."""
        number = self["number"]
        if words := same_elsewhere(str(number.value() or ""), self.counterparty.pk, self.decision):
            number.help_text = format_html("{} {}", words, number.help_text)
