"""A client changes his password."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desk.pages.answers import done
from portal.pages.gate import PAGE, for_the_client
from portal.pages.room import page
from staff.domain import people
from staff.models import User


@for_the_client
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Everywhere else he is logged out."""
    user = User.objects.get(pk=request.user.pk)
    form = PasswordChangeForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        people.set_password(user, form.cleaned_data["new_password1"], by=user, kind="portal")
        update_session_auth_hash(request, user)
        return done(request, PAGE, _("Your password is changed. Other browsers have to log in again."))
    sections = [{"id": "password", "title": _("Password"), "fields": list(form)}]
    return page(request, "portal/password.html", form=form, sections=sections)
