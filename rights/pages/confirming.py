"""What happens to a matrix that was sent: shown again, told what it would mean, refused as stale, or done."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.pages.answers import done, show, stale
from rights.catalog import BY_CODE
from rights.domain import matrix as domain
from rights.domain.foreseeing import Effect, Foreseen
from rights.domain.granting import Cell
from rights.domain.matrix import Clashing, Plan
from rights.models import Grant

from .matrix_form import MatrixForm, merged
from .matrix_sheet import Matrix

#: Sentences that stand open in a preview; the rest unfolds.
OPEN_SENTENCES = 12
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "confirmed", "show_fields"}

Page = Callable[[HttpRequest, MatrixForm], HttpResponse]


def confirming(request: HttpRequest, matrix: Matrix, page: Page, **context: Any) -> HttpResponse:
    """Told first, done at the second time of asking. ``context``: title, name and crumbs of the pages in between."""
    form = MatrixForm(request.POST, matrix=matrix)
    if not form.is_valid() or "show_fields" in request.POST:
        return page(request, form)
    wanted, shown, reason = form.wanted, form.state, form.cleaned_data["reason"]
    types = {type_ for _role, type_ in wanted}
    plan = domain.plan(wanted, shown, domain.state(types))
    if not plan.clashes and plan.is_empty:
        return done(request, request.get_full_path(), _("Nothing was changed: the rights are so already."))
    if not plan.clashes and request.POST.get("confirmed") != "1":
        return _preview(request, plan, matrix, **context)
    try:
        made = domain.confirm(wanted, shown, by=request.user, reason=reason)
    except Clashing as found:
        return _conflict(request, form, found.plan, **context)
    return done(request, request.get_full_path(), said(made))


def said(plan: Plan) -> str:
    """What was done, in one sentence."""
    if plan.is_empty:
        return _("Nothing was changed: the rights are so already.")
    given = ngettext("%(count)d right given", "%(count)d rights given", len(plan.given)) % {"count": len(plan.given)}
    taken = ngettext("%(count)d right taken", "%(count)d rights taken", len(plan.taken)) % {"count": len(plan.taken)}
    told = [words for words, cells in ((given, plan.given), (taken, plan.taken)) if cells]
    return _("%(what)s; it holds from the next click of everybody.") % {"what": get_text_list(told, _("and"))}


# ---- told before


def _preview(request: HttpRequest, plan: Plan, matrix: Matrix, *, title: str, name: str, crumbs: list) -> HttpResponse:
    sent = [(field, value) for field, values in request.POST.lists() if field not in NOT_SENT_AGAIN for value in values]
    return show(
        request,
        "rights/preview.html",
        title=title,
        sent=sent,
        reason=request.POST.get("reason", ""),
        cancel_url=request.get_full_path(),
        crumbs=[*crumbs, (_("Confirm"), None)],
        **foretold(Foreseen(plan, matrix.tree, request.user)),
    )


def foretold(foreseen: Foreseen) -> dict[str, Any]:
    """What a plan would mean, in sentences."""
    plan, effects = foreseen.plan, [_sentence(each) for each in foreseen.effects]
    return {
        "given": len(plan.given),
        "taken": len(plan.taken),
        "players": foreseen.players,
        "touched": foreseen.touched,
        "warnings": [*_own(foreseen), *_deserted(foreseen)],
        "effects": effects[:OPEN_SENTENCES],
        "more_effects": effects[OPEN_SENTENCES:],
    }


def _sentence(effect: Effect) -> str:
    """*Sales loses Export on 1,240 counterparties of the type “Supplier”.*"""
    facts = {
        "role": effect.role.name,
        "type": effect.type.label,
        "number": number_format(effect.counterparties, force_grouping=True),
        "gained": _labels(effect.gained),
        "lost": _labels(effect.lost),
    }
    if effect.gained and effect.lost:
        sentence = ngettext(
            "%(role)s gains %(gained)s and loses %(lost)s on %(number)s counterparty of the type “%(type)s”.",
            "%(role)s gains %(gained)s and loses %(lost)s on %(number)s counterparties of the type “%(type)s”.",
            effect.counterparties,
        )
    elif effect.gained:
        sentence = ngettext(
            "%(role)s gains %(gained)s on %(number)s counterparty of the type “%(type)s”.",
            "%(role)s gains %(gained)s on %(number)s counterparties of the type “%(type)s”.",
            effect.counterparties,
        )
    else:
        sentence = ngettext(
            "%(role)s loses %(lost)s on %(number)s counterparty of the type “%(type)s”.",
            "%(role)s loses %(lost)s on %(number)s counterparties of the type “%(type)s”.",
            effect.counterparties,
        )
    return sentence % facts


def _own(foreseen: Foreseen) -> list[str]:
    sentence = _("You play the role %(role)s yourself: you are changing your own rights.")
    return [sentence % {"role": each.name} for each in foreseen.own]


def _deserted(foreseen: Foreseen) -> list[str]:
    sentence = _("Nobody but superusers would have the right “%(right)s” on “%(type)s” any more.")
    return [sentence % {"right": each.right.label, "type": each.type.label} for each in foreseen.deserted]


def _labels(codes: list[str]) -> str:
    return get_text_list([str(BY_CODE[code].label) for code in codes], _("and"))


# ---- somebody was faster


def _conflict(
    request: HttpRequest, form: MatrixForm, plan: Plan, *, title: str, name: str, crumbs: list
) -> HttpResponse:
    """Both wishes side by side; mine can be sent again over what is there now."""
    matrix = form.matrix
    now = domain.state(matrix.type_ids)
    cells = [each.cell for each in plan.clashes]
    last = _last_change(cells)
    sent = [
        *matrix.fields(now, merged(form.wanted, now)),
        ("version", str(domain.version(matrix.type_ids))),
        ("reason", form.cleaned_data["reason"]),
    ]
    return stale(
        request,
        "desk/conflict.html",
        name=name,
        who=str(last.operation.user) if last and last.operation.user else _("Somebody"),
        at=last.history_date if last else None,
        url=request.get_full_path(),
        rows=[
            {
                "label": cell_words(each.cell, matrix),
                "was": _tick_words(each.was),
                "theirs": _tick_words(each.theirs),
                "mine": _tick_words(each.was),
                "is_clash": True,
            }
            for each in plan.clashes
        ],
        sent=sent,
        crumbs=[*crumbs, (_("Changed meanwhile"), None)],
    )


def _last_change(cells: list[Cell]) -> Any:
    rows = Grant.history.model.objects.filter(role__in={c.role for c in cells}, type__in={c.type for c in cells})
    return rows.select_related("operation__user").order_by("-history_id").first()


def cell_words(cell: Cell, matrix: Matrix) -> str:
    """*Sales · Wholesale · Export*; on the page of one type without the type."""
    words = [matrix.role_by_id[cell.role].name, matrix.tree.by_id[cell.type].label, str(BY_CODE[cell.right].label)]
    return " · ".join(words[::2] if matrix.one_type else words)


def _tick_words(is_given: bool) -> str:
    return _("given") if is_given else _("not given")
