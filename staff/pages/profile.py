"""My own page: my names, my language and colours, my password."""

from typing import Any

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.debug import sensitive_post_parameters

from desk.fields import LineFormField
from desk.pages.answers import done, show
from staff.domain import people
from staff.domain.entering import holders
from staff.models import User
from trail.domain.operations import operation

ROWS = (30, 50, 100)


class ProfileForm(forms.ModelForm):
    """What a user may say about themselves; roles and rights are the office's to give."""

    first_name = LineFormField(label=gettext_lazy("first name"), max_length=150, required=False)
    last_name = LineFormField(label=gettext_lazy("last name"), max_length=150, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    rows = forms.TypedChoiceField(label=gettext_lazy("rows a page"), coerce=int)

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "language", "theme", "rows", "job_mail"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.span = 2
        offered = sorted({*ROWS, self.instance.rows})
        self.fields["rows"].choices = [(rows, ngettext("%d row", "%d rows", rows) % rows) for rows in offered]

    def clean_email(self) -> str:
        """The e-mail is also a name to log in with, so it must be one person's."""
        email = self.cleaned_data["email"]
        if email and holders(email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody logs in with this e-mail already. Write your own."))
        return email

    def sections(self) -> list[dict[str, Any]]:
        about_me, look = ("first_name", "last_name", "email", "job_mail"), ("language", "theme", "rows")
        return [
            {"id": "me", "title": _("Me"), "fields": [self[name] for name in about_me]},
            {"id": "look", "title": _("What I see"), "fields": [self[name] for name in look]},
        ]


def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how the pages look to me."""
    # A form that is refused must not change the user this page is shown to.
    form = ProfileForm(
        request.POST if request.method == "POST" else None, instance=User.objects.get(pk=request.user.pk)
    )
    if form.is_valid():
        with operation("profile", by=request.user):
            if form.has_changed():
                # Only what was typed: a colleague may have changed the rest at this very moment.
                form.instance.save(update_fields=form.changed_data)
        with override(form.instance.language or None):
            return done(request, "/profile/", _("Your profile is saved."))
    return show(request, "staff/profile.html", form=form, sections=form.sections(), crumbs=[])


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """A new password; everywhere else this user is logged out."""
    user = User.objects.get(pk=request.user.pk)
    form = PasswordChangeForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        people.set_password(user, form.cleaned_data["new_password1"], by=user)
        update_session_auth_hash(request, user)
        return done(request, "/profile/", _("Your password is changed. Other browsers have to log in again."))
    crumbs = [(_("Profile"), "/profile/"), (_("Password"), None)]
    fields = [{"id": "password", "title": _("Password"), "fields": list(form)}]
    return show(request, "staff/password.html", form=form, sections=fields, crumbs=crumbs)
