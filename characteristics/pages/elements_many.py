"""Many elements at once: pasted lines, a sheet that comes in, a sheet to take along."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from characteristics.domain import pasting, pasting_sheet
from characteristics.domain.pasting import Line
from characteristics.models import Nomenclature
from desk.pages import settings
from desk.pages.acts import takes_along
from desk.pages.answers import done, show
from desk.pages.taking import taken
from desk.sheets import Heading, Plain

from .elements import crumbs
from .nomenclatures import LIST
from .pasted import LinesField, told

#: The heads of a sheet of elements: those it must have, and those it may.
NEEDED, FURTHER = ("code", "name"), ("parent", "name_en", "name_bg", "name_ru")


class PasteForm(forms.Form):
    elements = LinesField(label=gettext_lazy("Elements"), required=True)

    def __init__(self, *args: Any, nomenclature: Nomenclature, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["elements"]
        field.nomenclature, field.span = nomenclature, 6
        field.widget.attrs["rows"] = 16


class SheetForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Sheet"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if file := cleaned.get("file"):
            try:
                self.lines: list[Line] = pasting_sheet.read(file, file.name)
            except pasting.Refused as refused:
                self.add_error("file", ValidationError(told(refused)))
        return cleaned


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, code: str) -> HttpResponse:
    """All lines are taken in, or none of them."""
    nomenclature = get_object_or_404(Nomenclature, code=code)
    form = PasteForm(request.POST if request.method == "POST" else None, nomenclature=nomenclature)
    if form.is_valid():
        try:
            count = pasting.add(nomenclature, form.cleaned_data["elements"], by=request.user)
        except pasting.Refused as refused:
            form.add_error("elements", told(refused))
        else:
            sentence = ngettext("%(count)d element is added.", "%(count)d elements are added.", count)
            return done(request, f"{LIST}{code}/", sentence % {"count": count})
    return _page(request, form, nomenclature, _("Add many elements"), _("Add them"))


def _as_written(columns: tuple[str, ...]) -> SafeString:
    """Heads of columns, which are the same in every language and are marked as such."""
    return format_html_join(", ", '<code lang="en">{}</code>', ((column,) for column in columns))


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet of elements: new codes are added, known ones changed; all rows or none."""
    nomenclature = get_object_or_404(Nomenclature, code=code)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*sent)
    form.fields["file"].help_text = format_html(
        _(
            "Its first row names the columns: {needed}, and if you like {further}. "
            "A new code is added, a known one is changed; elements the sheet does not name stay."
        ),
        needed=_as_written(NEEDED),
        further=_as_written(FURTHER),
    )
    form.fields["file"].span = 6
    if form.is_valid():
        try:
            added, changed, same = pasting_sheet.take_in(nomenclature, form.lines, by=request.user)
        except pasting.Refused as refused:
            form.add_error("file", told(refused))
        else:
            sentence = _("Added: %(added)d, changed: %(changed)d, the same as before: %(same)d.")
            return done(request, f"{LIST}{code}/", sentence % {"added": added, "changed": changed, "same": same})
    return _page(request, form, nomenclature, _("Elements from a sheet"), _("Take it in"))


@takes_along
@settings.settings_only
@require_safe
def sheet(request: HttpRequest, code: str, ending: str) -> Any:
    """Every element, to take along; the same sheet can be read back."""
    nomenclature = get_object_or_404(Nomenclature, code=code)
    made = Plain(
        request.user,
        f"elements:{code}",
        nomenclature.label,
        address=f"{LIST}{code}/",
        # By these very words, in every language, so that it can be read back.
        columns=[Heading(name, name) for name in pasting_sheet.COLUMNS],
        rows=pasting_sheet.rows(nomenclature),
        stem=code,
    )
    return taken(request, made, ending)


def _page(request: HttpRequest, form: forms.Form, nomenclature: Nomenclature, title: str, label: str) -> HttpResponse:
    return show(
        request,
        "characteristics/elements_many.html",
        title=title,
        form=form,
        sections=[{"id": "facts", "title": nomenclature.label, "hint": "", "fields": list(form)}],
        save_label=label,
        cancel_url=f"{LIST}{nomenclature.code}/",
        crumbs=crumbs(nomenclature, (title, None)),
    )
