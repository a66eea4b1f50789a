"""The papers of a dossier: several are handed in at once, a deleted one can be restored."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counterparties.domain import documents as domain
from counterparties.domain import sharing
from counterparties.models import Counterparty, Document
from desk.fields import DateFormField
from desk.pages.answers import done, show
from desk.pages.portion import Portion
from files.pages.links import named
from files.pages.upload_field import UploadField

from .belongings import Belonging, BelongingForm


class DocumentForm(BelongingForm):
    """New ones come as files. What is said of them can be changed later; another file is another document."""

    class Meta:
        model = Document
        fields = ["title", "dated_on", "is_shared"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"] = DateFormField(label=self.fields["dated_on"].label, required=False)
        self.fields["title"].help_text = gettext_lazy("Without a title it is called as its file is.")
        if not self.instance.pk:
            self.fields["title"].help_text = gettext_lazy(
                "Of several files each gets it; without a title each is called as its file is."
            )
            self.fields = {"files": self._box(), **self.fields}
        for name, span in {"files": 6, "title": 4, "dated_on": 2, "is_shared": 6}.items():
            if name in self.fields:
                self.fields[name].span = span

    def _box(self) -> UploadField:
        words = {"required": _("Choose at least one file.")}
        return UploadField([], user=self.decision.user, several=True, label=_("Files"), error_messages=words)

    def clean_files(self) -> list[Any]:
        brought = self.cleaned_data["files"]
        known = domain.known_already(self.counterparty, brought)
        if known:
            sentence = _("%(name)s: this very file is on the dossier already. Remove it here.")
            raise ValidationError([ValidationError(sentence % {"name": each.name}) for each in known])
        return brought

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "files" in self.errors and self.fields["files"].brought(self["files"].data):
            self.add_error("files", _("Nothing is saved yet. The good files wait here for the next time you save."))
        return cleaned

    def before(self, thing: Any) -> None:
        self._is_news = "is_shared" in thing.changed_fields()

    def after(self, thing: Any) -> None:
        if self._is_news:
            sharing.tell([thing], by=self.decision.user)


class Documents(Belonging):
    """Whoever sees the dossier sees them; whoever may edit the counterparty keeps them."""

    code, name, model, form = "documents", "document", Document, DocumentForm
    new_words, section_words = gettext_lazy("New documents"), gettext_lazy("Document")
    with_files = True

    def things(self, request: HttpRequest, counterparty: Counterparty) -> Any:
        return super().things(request, counterparty).current().select_related("file")

    def add(self, form: BelongingForm, request: HttpRequest) -> Any:
        return domain.hand_in(form.counterparty, form.cleaned_data["files"], form.facts(), by=request.user)

    def added_words(self, made: Any) -> str:
        if len(made) == 1:
            return super().added_words(made[0])
        told = ngettext("%(number)d document is added.", "%(number)d documents are added.", len(made))
        return told % {"number": len(made)}

    def remove(self, thing: Any, request: HttpRequest) -> None:
        domain.delete(thing, by=request.user)

    def consequences(self, thing: Any) -> list[str]:
        return [_("Whoever may edit the counterparty still finds it among the deleted documents, and can restore it.")]

    def restore(self, request: HttpRequest, pk: int, thing_pk: int) -> HttpResponse:
        """Back on the dossier. The page asks; what is sent acts."""
        counterparty = self._counterparty(request, pk)
        deleted = super().things(request, counterparty).deleted().select_related("file")
        thing = get_object_or_404(deleted, pk=thing_pk)
        if request.method == "POST":
            domain.restore(thing, by=request.user)
            return done(request, self.url(counterparty), _("“%(name)s” is restored.") % {"name": thing})
        title = _("Restore %(name)s?") % {"name": thing}
        return show(
            request,
            "desk/confirm.html",
            title=title,
            question=_("“%(name)s” comes back on the dossier of %(owner)s.")
            % {"name": thing, "owner": counterparty.name},
            confirm_label=_("Restore"),
            cancel_url=self.deleted_url(counterparty),
            crumbs=self._crumbs(request, counterparty, title),
        )

    # ---- the tab

    def listed(self, request: HttpRequest, counterparty: Any, may_change: bool) -> dict[str, Any]:
        """The papers for the tab, the deleted ones among them where somebody who may edit asks for them."""
        every = super().things(request, counterparty).select_related("file", "uploaded_by")
        shows_deleted = may_change and "deleted" in request.GET
        number, current = every.deleted().count() if may_change else 0, counterparty.counts[self.code]
        if shows_deleted:
            portion = Portion(request, every, current + number)
        else:
            portion = Portion(request, every.current(), current)
        return {
            "rows": [self._row(each, may_change) for each in portion.rows],
            "portion": portion,
            "box": self._form(request, counterparty)["files"] if may_change else None,
            "deleted_number": number,
            "shows_deleted": shows_deleted,
            "deleted_url": self.deleted_url(counterparty),
            "current_url": self.url(counterparty),
        }

    def _row(self, document: Document, may_change: bool) -> dict[str, Any]:
        way = self.restore_url(document) if document.is_deleted else self.edit_url(document)
        return {"thing": document, "file": named(document.file), "url": way if may_change else ""}

    def deleted_url(self, counterparty: Counterparty) -> str:
        return f"{self.url(counterparty)}&deleted=1"

    def restore_url(self, thing: Any) -> str:
        return f"{self._address(thing)}restore/"

    def paths(self) -> list[URLPattern]:
        under = f"counterparties/<int:pk>/{self.code}/<int:thing_pk>/"
        return [*super().paths(), path(f"{under}restore/", self._view(self.restore), name=f"{self.name}-restore")]


documents = Documents()
