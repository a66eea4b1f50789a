"""Projects of a counterparty: pieces of work for it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counterparties.domain import agreements, terms
from counterparties.models import Project
from desk import text
from desk.fields import DateFormField
from desk.widgets import Select

from .belongings import Belonging, BelongingForm


class ProjectForm(BelongingForm):
    class Meta:
        model = Project
        fields = ["code", "name", "status", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            self.fields[name] = DateFormField(label=self.fields[name].label, required=False)
        # There is always one: no empty choice.
        choices = [pair for pair in self.fields["status"].choices if pair[0]]
        self.fields["status"].widget = Select(choices=choices)
        self.fields["code"].help_text = gettext_lazy("As it stands on papers; no two of a counterparty share it.")
        for name, span in {"code": 2, "name": 4, "status": 2, "starts_on": 2, "ends_on": 2}.items():
            self.fields[name].span = span

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        key = text.key(code)
        if key and agreements.has_code(self.counterparty, key, but=self.instance.pk):
            raise ValidationError(taken_words())
        return code

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        try:
            terms.refuse_turned_round(cleaned.get("starts_on"), cleaned.get("ends_on"))
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned


def taken_words() -> str:
    return _("Another project of this counterparty has this code. Write another one, or none.")


class Projects(Belonging):
    """Whoever sees the dossier sees them; whoever may edit the counterparty keeps them."""

    code, name, model, form = "projects", "project", Project, ProjectForm
    new_words, section_words = gettext_lazy("New project"), gettext_lazy("Project")

    def add(self, form: BelongingForm, request: HttpRequest) -> Any:
        try:
            return super().add(form, request)
        except IntegrityError:
            # Somebody took the code a moment ago.
            raise ValidationError(taken_words()) from None

    def keep(self, form: BelongingForm, request: HttpRequest) -> Any:
        try:
            return super().keep(form, request)
        except IntegrityError:
            raise ValidationError(taken_words()) from None

    def remove(self, thing: Any, request: HttpRequest) -> None:
        agreements.give_up(thing, by=request.user)

    def consequences(self, thing: Any) -> list[str]:
        told = super().consequences(thing)
        if number := agreements.contracts_on(thing):
            sentence = ngettext(
                "%(number)d contract stays on the dossier, without the project.",
                "%(number)d contracts stay on the dossier, without the project.",
                number,
            )
            told = [sentence % {"number": number}, *told]
        return told


projects = Projects()
