"""Contracts of a counterparty: what was signed, by which of our own companies, for how long and how much."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from characteristics.models import Nomenclature
from characteristics.pages.choosing import ElementField
from counterparties.domain import agreements, terms
from counterparties.domain.targets import Targets
from counterparties.models import Contract
from counterparties.models.contract import MOST_REMIND_DAYS
from desk.fields import DateFormField
from files.domain.drafts import Draft
from files.pages.upload_field import UploadField

from .belongings import Belonging, BelongingForm
from .company_field import CompanyField
from .money_fields import AmountField, CurrencyField, refuse_more_places
from .project_field import ProjectField

SPANS = {
    "number": 2, "subject": 4, "contract_type": 2, "project": 2, "company": 2, "starts_on": 2, "ends_on": 2,
    "remind_days": 2, "amount": 2, "currency": 2, "file": 6,
}  # fmt: skip
PARTS = (
    ("facts", gettext_lazy("Contract"), ("number", "subject", "contract_type", "project", "company")),
    ("days", gettext_lazy("Days"), ("starts_on", "ends_on", "remind_days")),
    ("money", gettext_lazy("Amount"), ("amount", "currency")),
    ("paper", gettext_lazy("File"), ("file",)),
)


class ContractTypeField(ElementField):
    """A stopped one stays where it is kept."""

    def words(self, value: Any) -> str:
        """What a form says, as people read it."""
        found = self.by_code.get(str(self.prepare_value(value)))
        return found.label if found else str(value)


class ContractForm(BelongingForm):
    class Meta:
        model = Contract
        # The own company and the file may be what no model takes: a hidden one, one that is not stored yet.
        fields = [
            "number",
            "subject",
            "contract_type",
            "project",
            "starts_on",
            "ends_on",
            "remind_days",
            "amount",
            "currency",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept, fields = self.instance, self.fields
        types = Nomenclature.objects.filter(code="contract-type").first()
        if types:
            fields["contract_type"] = ContractTypeField(types, kept=kept.contract_type, required=False)
            self.initial["contract_type"] = kept.contract_type
        fields["project"] = ProjectField(agreements.projects_of(self.counterparty), required=False)
        self._offer_companies()
        for name in ("starts_on", "ends_on"):
            fields[name] = DateFormField(required=False)
        fields["remind_days"] = forms.IntegerField(
            required=False,
            min_value=0,
            max_value=MOST_REMIND_DAYS,
            help_text=gettext_lazy("From that day on it stands on the first page and among those that end soon."),
        )
        fields["amount"] = AmountField(required=False)
        fields["currency"] = CurrencyField(kept.currency)
        fields["file"] = UploadField([kept.file] if kept.file else [], user=self.decision.user, required=False)
        self.initial["file"] = kept.file
        if not kept.pk:
            self.initial["currency"] = agreements.last_currency(self.counterparty)
        for name, span in SPANS.items():
            if name in fields:
                fact: Any = Contract._meta.get_field(name)
                fields[name].span = span
                fields[name].label = fields[name].label or capfirst(fact.verbose_name)

    def _offer_companies(self) -> None:
        """Asked where there is something to choose, or something chosen, be it hidden from the reader."""
        type_id, targets = agreements.own_company_type(self.decision), Targets.of(self.decision)
        kept = self.instance.company
        if type_id is None or (targets.offered(type_id) == [] and kept is None):
            return
        self.fields["company"] = CompanyField(type_id, targets, kept, label=_("Own company"))
        self.initial["company"] = self.fields["company"].kept

    def clean_company(self) -> Any:
        company = self.cleaned_data["company"]
        if company is not None and company.pk == self.counterparty.pk:
            raise ValidationError(_("A company signs no contract with itself. Choose another one."))
        return company

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        days = {name: cleaned.get(name) for name in ("starts_on", "ends_on", "remind_days")}
        self._refuse(terms.refuse_turned_round, days["starts_on"], days["ends_on"])
        if "ends_on" in cleaned:
            self._refuse(terms.refuse_no_end, days["remind_days"], days["ends_on"])
        amount = cleaned.get("amount")
        if amount is not None and "currency" in cleaned:
            self._check_money(amount, cleaned["currency"])
        return cleaned

    def _refuse(self, check: Callable[..., None], *facts: Any) -> None:
        try:
            check(*facts)
        except ValidationError as error:
            self.add_error(None, error)

    def _check_money(self, amount: Any, currency: str) -> None:
        self._refuse(terms.refuse_no_currency, amount, currency)
        if not currency:
            return
        try:
            refuse_more_places(amount, currency)
        except ValidationError as error:
            self.add_error("amount", error)

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        if "company" in self.fields:
            company = self.cleaned_data["company"]
            facts["company_id"] = company and company.pk
        return facts

    def before(self, thing: Any) -> None:
        """The file is stored within the operation, as one of this counterparty."""
        file = self.cleaned_data["file"]
        thing.file = file.keep(self.counterparty) if isinstance(file, Draft) else file


class Contracts(Belonging):
    """Whoever sees the dossier sees them; whoever may edit the counterparty keeps them."""

    code, name, model, form = "contracts", "contract", Contract, ContractForm
    new_words = gettext_lazy("New contract")
    with_files = True

    def things(self, request: HttpRequest, counterparty: Any) -> Any:
        return super().things(request, counterparty).select_related("company", "contract_type", "file")

    def sections(self, form: BelongingForm) -> list[dict[str, Any]]:
        return [
            {"id": code, "title": title, "hint": "", "fields": [form[name] for name in names if name in form.fields]}
            for code, title, names in PARTS
        ]


contracts = Contracts()
