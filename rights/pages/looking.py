"""Look at the office as somebody else: whom and why; who looked as whom before; and back."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from desk import text
from desk.pages import settings
from desk.pages.acts import done_in_person
from desk.pages.answers import done, show
from desk.pages.onward import onward
from desk.widgets import Select, Suggested
from rights.domain import looking
from rights.pages.eyes import put_on, take_off
from rights.pages.looks import latest_looks
from rights.pages.matrix_form import ReasonForm

PAGE = "/settings/rights/look/"
#: So many people are listed; above, a text box takes the user name and suggests.
MOST_LISTED = 200


class Person(forms.ModelChoiceField):
    """Somebody who can be looked through, by their user name, shown with their roles."""

    def __init__(self) -> None:
        nobody = gettext_lazy(
            "Choose somebody of the list. Superusers are not in it, for they see everything, nor is who is disabled,"
            " nor are clients who log in: they have pages of their own."
        )
        people = looking.people().order_by("first_name", "last_name", "username").prefetch_related("groups")
        many = looking.people()[: MOST_LISTED + 1].count() > MOST_LISTED
        suggested = Suggested(lambda: [(each.username, self.label_from_instance(each)) for each in people])
        super().__init__(
            people,
            widget=suggested if many else Select(),
            to_field_name="username",
            label=gettext_lazy("As whom"),
            empty_label="",
            error_messages={"invalid_choice": nobody},
        )

    def label_from_instance(self, person: Any) -> str:
        return _("%(person)s (%(roles)s)") % {"person": _named(person), "roles": roles_of(person)}


def _named(person: Any) -> str:
    full = person.get_full_name()
    return f"{full}, {person.username}" if full else person.username


def roles_of(person: Any) -> str:
    """*Bookkeeping and Sales*; or that there is none."""
    roles = sorted(each.name for each in person.groups.all())
    return get_text_list(roles, _("and")) if roles else _("no role")


class LookForm(ReasonForm):
    """Through whose eyes, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"person": Person(), **self.fields}


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Choose whom to look as; from then on every page is theirs."""
    if not request.decision.may_look:
        raise PermissionDenied(
            _("Only superusers look at the office as somebody else: whoever else did would see more than is theirs.")
        )
    asked = {"person": text.clean(request.GET.get("person", ""))}
    form = LookForm(request.POST if request.method == "POST" else None, initial=asked)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        put_on(request, looking.start(form.cleaned_data["person"], by=request.user, reason=reason))
        return done(request, "/")
    title = _("Look at the office as somebody else")
    crumbs = settings.crumbs("types", (_("Rights of all roles"), "/settings/rights/"), (title, None))
    sections = [{"id": "whom", "title": _("Whose eyes"), "fields": list(form)}]
    return show(
        request, "rights/look.html", title=title, form=form, sections=sections, crumbs=crumbs, **latest_looks(request)
    )


@done_in_person
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Seen enough; the same page with one's own eyes, where it was a page."""
    take_off(request)
    return done(request, onward(request, otherwise=PAGE))
