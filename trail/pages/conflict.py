"""Two people saved one record: both versions side by side, and what was typed kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desk.pages import answers
from desk.pages.record_form import RecordForm


def conflict(request: HttpRequest, form: RecordForm, now: Any, url: str, **context: Any) -> HttpResponse:
    """The stale form beside the object as it is ``now``; nothing is saved."""
    last = now.history.select_related("operation__user").order_by("-history_id").first()
    user = last.operation.user if last else None
    return answers.stale(
        request,
        "desk/conflict.html",
        name=str(now),
        who=str(user) if user else _("Somebody"),
        at=last.history_date if last else None,
        url=url,
        rows=_rows(form, now),
        sent=[*_sent(request), *_brought(form), ("version", str(version_of(form, now)))],
        **context,
    )


def version_of(form: RecordForm, now: Any) -> int:
    """The version that guards the record now."""
    return type(form.guard)._base_manager.only("version").get(pk=form.guard.pk).version


def _rows(form: RecordForm, now: Any) -> list[dict[str, Any]]:
    """What differs, field by field."""
    opened = form.opened_at
    then = _as_opened(now, opened)
    stored, before = form.at(now), form.at(then, opened) if then else None
    rows = []
    for name in form.shown:
        theirs = form.said(name, stored[name].initial)
        was = form.said(name, before[name].initial) if before else ""
        mine = form.said(name, form[name].value())
        if mine != theirs:
            is_clash = before is not None and was not in (theirs, mine)
            rows.append({"label": form[name].label, "was": was, "theirs": theirs, "mine": mine, "is_clash": is_clash})
    return rows


def _as_opened(now: Any, opened: Any) -> Any:
    """The object when the form was opened; None when the form does not say when that was."""
    if opened is None:
        return None
    row = now.history.filter(history_date__lte=opened).order_by("-history_id").first()
    return row.instance if row else None


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent once more."""
    left_out = {"csrfmiddlewaretoken", "version", "confirmed", "show_fields"}
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]


def _brought(form: RecordForm) -> list[tuple[str, str]]:
    """The files among it, which no browser sends twice, by the words they wait under."""
    fields = [(name, field) for name, field in form.fields.items() if hasattr(field, "waiting")]
    return [pair for name, field in fields for pair in field.waiting(name, form[name].data)]
