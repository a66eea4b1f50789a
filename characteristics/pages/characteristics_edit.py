"""Adding a characteristic and changing one, asked first where counterparties would feel it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from characteristics.domain import pasting, shaping, usage
from characteristics.domain.narrowing import Beyond
from characteristics.models import Characteristic
from desk.models import Gone, Stale
from desk.pages import settings
from desk.pages.answers import done, show
from desk.pages.record_form import is_sent, looked_at_again
from trail.domain.settings import Taken
from trail.pages.conflict import conflict

from .characteristics import LIST, implementers_only, is_system
from .characteristics_form import EXTRAS, CharacteristicForm
from .limits_asked import with_links
from .pasted import told


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A fact more to ask for, with the types that ask and, where it needs one, its own new nomenclature."""
    form = _form(request)
    if is_sent(request) and form.is_valid():
        characteristic = Characteristic(**form.facts())
        try:
            made = shaping.add_characteristic(characteristic, form.chosen, form.lines, by=request.user)
        except Taken:
            form = _form(request)  # checked once more, it sees who was faster
        except Gone:
            form = looked_at_again(_form(request))
        except pasting.Refused as refused:
            form.add_error("elements", told(refused))
        else:
            return _added(request, form, made)
    if there := form.sent_before(request.user):
        return _added(request, form, there)
    return _page(request, form, _("New characteristic"))


def _added(request: HttpRequest, form: CharacteristicForm, made: Characteristic) -> HttpResponse:
    return _done(request, form, made.code, _("“%(name)s” is added.") % {"name": made.label})


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """What a form says about a characteristic."""
    characteristic = get_object_or_404(Characteristic.objects.select_related("nomenclature", "target_type"), code=code)
    if is_system(characteristic):
        return implementers_only(request, characteristic)
    form = _form(request, instance=characteristic)
    if is_sent(request) and form.is_valid():
        if not form.says_something:
            return done(request, f"{LIST}#{code}", _("Nothing was changed."))
        if form.seen.isdecimal() and int(form.seen) != form.was.version:
            return _conflict(request, form)
        if request.POST.get("confirmed") != "1" and (sentences := consequences(form)):
            return _preview(request, form, sentences)
        try:
            kept = shaping.keep_characteristic(
                form.was, form.facts(), form.chosen, form.lines, by=request.user, seen=form.seen
            )
        except Stale:
            return _conflict(request, form)
        except Taken:
            form = _form(request, instance=form.was)
        except Gone:
            form = looked_at_again(_form(request, instance=form.was))
        except pasting.Refused as refused:
            form.add_error("elements", told(refused))
        except Beyond as wrong:
            form.add_error(wrong.name, with_links(wrong, request.decision))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, form, code, _("“%(name)s” is saved.") % {"name": kept.label})
    return _page(request, form, form.title, history_url=f"{LIST}{code}/history/")


def consequences(form: CharacteristicForm) -> list[str]:
    """What counterparties would feel, in sentences with numbers; nothing when they would not."""
    found = []
    if form.type.code != form.was.type_code and (count := usage.values(form.was)):
        sentence = ngettext(
            "%(count)d value becomes “%(type)s”; it stays as it was said.",
            "%(count)d values become “%(type)s”; they stay as they were said.",
            count,
        )
        found.append(sentence % {"count": count, "type": form.type.label})
    found += _outside(form)
    is_new_requirement = form.cleaned_data["is_required"] and not form.was.is_required
    has_gone = set(form.tied) - set(form.chosen)
    if not (is_new_requirement or has_gone):
        return found
    foreseen = usage.foresee(form.was, form.chosen)
    if has_gone and foreseen.hidden:
        sentence = ngettext(
            "It disappears from %(count)d counterparty.",
            "It disappears from %(count)d counterparties.",
            foreseen.hidden,
        )
        found.append(sentence % {"count": foreseen.hidden})
        sentence = ngettext(
            "%(count)d of them says something for it: that is kept, hidden, and comes back with the type.",
            "%(count)d of them say something for it: that is kept, hidden, and comes back with the type.",
            foreseen.hidden_filled,
        )
        found.append(sentence % {"count": foreseen.hidden_filled})
        if foreseen.appearing:
            sentence = ngettext(
                "It appears at %(count)d counterparty.", "It appears at %(count)d counterparties.", foreseen.appearing
            )
            found.append(sentence % {"count": foreseen.appearing})
    if is_new_requirement and foreseen.lacking:
        sentence = ngettext(
            "%(count)d counterparty has no answer yet; whoever saves its card next must give one.",
            "%(count)d counterparties have no answer yet; whoever saves their cards next must give one.",
            foreseen.lacking,
        )
        found.append(sentence % {"count": foreseen.lacking})
    return found


def _outside(form: CharacteristicForm) -> list[str]:
    """Who is pointed at already stays so, even if nobody could choose them any more."""
    wanted = form.cleaned_data.get("target_type")
    if wanted is None or wanted.pk == form.was.target_type_id or not (count := usage.outside(form.was, wanted)):
        return []
    sentence = ngettext(
        "%(count)d value names a counterparty that is not of the type “%(type)s”; it stays, and cannot be chosen anew.",
        "%(count)d values name counterparties that are not of the type “%(type)s”; "
        "they stay, and cannot be chosen anew.",
        count,
    )
    return [sentence % {"count": count, "type": wanted.label}]


def _form(request: HttpRequest, **facts: Any) -> CharacteristicForm:
    form = CharacteristicForm(request.POST if request.method == "POST" else None, decision=request.decision, **facts)
    return form if is_sent(request) else form.without_errors()


def _done(request: HttpRequest, form: CharacteristicForm, code: str, said: str) -> HttpResponse:
    """Saved; that its name is another fact's too is told, and stops nobody."""
    if warning := form.namesake:
        messages.warning(request, warning)
    return done(request, f"{LIST}#{code}", said)


def _page(request: HttpRequest, form: CharacteristicForm, title: str, **context: Any) -> HttpResponse:
    extras = [form[name] for name in ("nomenclature", "elements", *EXTRAS[1:-1]) if name in form.fields]
    facts = [form[name] for name in ("code", "type_code", "name", "definition")]
    if warning := form.namesake:
        form["name"].help_text = warning
    habits = [form[name] for name in ("is_required", "is_multiple", "in_list", "is_unique")]
    sections = [
        {"id": "facts", "title": _("Data"), "hint": "", "fields": facts},
        {"id": "values", "title": _("Values"), "hint": "", "fields": extras},
        {"id": "habits", "title": _("On the card and in the register"), "hint": "", "fields": habits},
    ]
    return show(
        request,
        "characteristics/characteristic.html",
        title=title,
        form=form,
        sections=sections,
        cancel_url=LIST,
        crumbs=settings.crumbs("characteristics", (title, None)),
        **context,
    )


def _conflict(request: HttpRequest, form: CharacteristicForm) -> HttpResponse:
    return conflict(request, form, Characteristic.objects.get(pk=form.was.pk), LIST)


def _preview(request: HttpRequest, form: CharacteristicForm, sentences: list[str]) -> HttpResponse:
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "confirmed")
        for value in values
    ]
    back = f"{LIST}{form.was.code}/edit/"
    return show(
        request,
        "desk/confirm.html",
        title=form.title,
        question=_("Change “%(name)s”?") % {"name": form.title},
        consequences=sentences,
        note=_("Nothing that was said is lost."),
        confirm_label=_("Change it"),
        sent=sent,
        cancel_url=back,
        crumbs=settings.crumbs("characteristics", (form.title, back), (_("Confirm"), None)),
    )
