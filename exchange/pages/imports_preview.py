"""What an import would do, row by row, and the question whether it shall."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desk.pages.answers import show
from exchange.models import Import
from exchange.models.importing import CHANGED, CONFLICT, NEW, REFUSED
from trail.pages.reason_field import ReasonField

from . import imports_words as words
from .imports_frame import frame
from .imports_rows import Rows


class RunForm(forms.Form):
    """What is asked last, beside the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = ReasonField("import", label=_("Reason, for the history"), help_text="")


def preview(request: HttpRequest, of: Import, form: RunForm | None = None) -> HttpResponse:
    """Counts that narrow the rows, the rows with from and to, and one button."""
    counts = of.foreseen
    lacking = counts.get(REFUSED, 0) + counts.get(CONFLICT, 0)
    is_stopped = of.is_whole and bool(lacking)
    return show(
        request,
        "exchange/import_preview.html",
        rows=Rows(request, of),
        form=form or RunForm(),
        would_do=words.would_do(of),
        left_out=words.left_out(counts),
        is_stopped=is_stopped,
        is_something=bool(counts.get(NEW) or counts.get(CHANGED)) and not is_stopped,
        has_refused=bool(lacking),
        **frame(request, of),
    )
