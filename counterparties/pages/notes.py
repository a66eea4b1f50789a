"""What colleagues tell each other about a counterparty."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import notes as domain
from counterparties.models import Counterparty, Note
from desk.pages.portion import Portion

from .belongings import Belonging, BelongingForm

LONGEST = Note._meta.get_field("text").max_length


class NoteForm(BelongingForm):
    """The note, and who reads it. Sent with nothing but the text, it is for the colleagues who see the dossier."""

    roles = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"),
        label=gettext_lazy("Chosen roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "For a note to chosen roles. You and superusers read it too; nobody else learns that there is one."
        ),
    )
    field_order = ("text", "audience", "roles", "is_pinned")

    class Meta:
        model = Note
        fields = ["text", "audience", "is_pinned"]
        widgets = {"audience": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].required = False
        self.fields["is_pinned"].label = gettext_lazy("Pinned on top")
        for name in self.shown:
            self.fields[name].span = 6
        if self.instance.pk:
            self.initial["roles"] = [reader.role_id for reader in self.instance.readers.all()]

    def clean_audience(self) -> str:
        # Nothing said changes nothing: a note for chosen roles is never opened by being silent.
        return self.cleaned_data["audience"] or self.initial.get("audience") or Note().audience

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("audience") == "roles" and "roles" not in self.errors and not cleaned["roles"]:
            self.add_error("roles", ValidationError(_("Choose at least one role, or another audience.")))
        elif cleaned.get("audience") != "roles" and cleaned.get("roles") and "roles" in self.changed_data:
            # Whoever ticks roles means them alone: without this the whole office would read it.
            self.add_error(
                "audience", ValidationError(_("Roles are ticked. Choose “chosen roles”, or clear the ticks."))
            )
        return cleaned

    @property
    def opened_at(self) -> Any:
        """Of a note for chosen roles they count too, so the same words are not taken for the same note."""
        return None if self.cleaned_data.get("audience") == "roles" else super().opened_at

    def made(self) -> Any:
        made = super().made()
        made.author = self.decision.user
        return made

    def after(self, thing: Any) -> None:
        domain.set_readers(thing, self.cleaned_data["roles"])


class Notes(Belonging):
    """Whoever may edit the counterparty adds some; each is its author's."""

    code, name, model, form = "notes", "note", Note, NoteForm
    new_words, section_words = gettext_lazy("New note"), gettext_lazy("Note")
    not_yours = gettext_lazy("Only its author changes a note, or a superuser.")

    def things(self, request: HttpRequest, counterparty: Counterparty) -> Any:
        return super().things(request, counterparty).read_by(request.decision)

    def may_change_it(self, decision: Any, thing: Any) -> bool:
        return domain.may_change(decision, thing)

    def listed(self, request: HttpRequest, counterparty: Any, may_change: bool) -> dict[str, Any]:
        """The notes for the tab: the pinned ones first, each with the words of who reads it."""
        found = self.things(request, counterparty).select_related("author").prefetch_related("readers__role")
        portion = Portion(request, found, counterparty.counts[self.code])
        rows = [self._row(each, may_change, request.decision) for each in portion.rows]
        return {"rows": rows, "portion": portion, "longest": LONGEST}

    def _row(self, note: Note, may_change: bool, decision: Any) -> dict[str, Any]:
        is_mine = may_change and self.may_change_it(decision, note)
        return {"note": note, "audience": _audience(note), "edit_url": self.edit_url(note) if is_mine else ""}


def _audience(note: Note) -> str:
    """Who reads it, where that is not simply the colleagues."""
    if note.audience == "roles":
        return _("for %(roles)s") % {"roles": ", ".join(sorted(str(each.role) for each in note.readers.all()))}
    return _("the client sees it") if note.audience == "client" else ""


notes = Notes()
