"""The form of one person: who they are, which roles they play, how they come in."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk import text
from desk.fields import LineFormField
from desk.pages.record_form import OpenedForm
from staff.domain import people
from staff.domain.entering import holders
from staff.models import User

#: What is kept in the record itself.
FACTS = ("first_name", "last_name", "username", "email", "language", "is_superuser", "is_active")


class PersonForm(forms.ModelForm, OpenedForm):
    """What an administrator says about a person; their own page says the rest."""

    unshared = ("username", "email")

    first_name = LineFormField(label=gettext_lazy("First name"), max_length=150, required=False)
    last_name = LineFormField(label=gettext_lazy("Last name"), max_length=150, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    roles = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"),
        label=gettext_lazy("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Rights add up: with two roles one may whatever either of them may."),
    )
    manages_settings = forms.BooleanField(
        label=gettext_lazy("Changes the settings"),
        required=False,
        help_text=gettext_lazy("Types, statuses, characteristics, nomenclatures and the rights of roles."),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    class Meta:
        model = User
        fields = FACTS

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: What was said of facts that somebody has already.
        self.held: dict[str, str] = {}
        self.by, is_new = by, not self.instance.pk
        self._say(is_new)
        if is_new:
            self.fields.pop("is_active")
            self.fields["first_name"].widget.attrs["data-first"] = True
        else:
            self._fill()
        if self.instance.pk == by.pk:
            for name in ("is_superuser", "is_active"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Another administrator changes this of you.")
        for name in ("first_name", "last_name", "username", "email", "language", "password"):
            self.fields[name].span = 2
        self.fields["roles"].span = 6
        for name in ("is_active", "is_superuser", "manages_settings"):
            if name in self.fields:
                self.fields[name].span = 3

    def _say(self, is_new: bool) -> None:
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("They log in with it, or with their e-mail.")
        self.fields["is_superuser"].label = _("Administrator")
        self.fields["is_superuser"].help_text = _("Sees and may everything, whatever the roles.")
        self.fields["is_active"].label = _("May log in")
        self.fields["is_active"].help_text = _("Whoever leaves is kept, for history names them, but logs in no more.")
        password = self.fields["password"]
        password.required = is_new
        if is_new:
            password.help_text = _("At least 10 characters. Tell it to them; they can change it in their profile.")
        else:
            password.label = _("New password")
            password.help_text = _("Empty: the one they have stays. A new one logs them out everywhere.")

    def _fill(self) -> None:
        self.initial["roles"] = [each.pk for each in self.instance.groups.all()]
        self.initial["manages_settings"] = self.instance.manages_settings
        if self.instance.manages_by_role:
            roles = ", ".join(
                people.roles_that_manage_settings().filter(user=self.instance).values_list("name", flat=True)
            )
            said = _("May it already by the role %(roles)s, with or without this tick.") % {"roles": roles}
            self.fields["manages_settings"].help_text = said
        self.initial["seen"] = people.version_of(self.instance)

    # ---- what was sent

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if self._is_held("username", name):
            raise ValidationError(_("Somebody logs in with this name already. Write another one."))
        # It stands in the address of their page.
        if not any(sign.isalnum() for sign in text.clean(name)):
            raise ValidationError(_("A user name holds at least one letter or digit."))
        return name

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and self._is_held("email", email):
            raise ValidationError(_("Somebody logs in with this e-mail already. Write another one."))
        return email

    def _is_held(self, fact: str, said: str) -> bool:
        found = holders(said).exclude(pk=self.instance.pk).first()
        if found and not self.instance.pk:
            self.holder, self.held = found, {**self.held, fact: said}
        return found is not None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if people.is_last_administrator(self.instance) and not (
            cleaned.get("is_superuser") and cleaned.get("is_active", True)
        ):
            self.say_nobody_is_left()
        if password := cleaned.get("password"):
            about = User(**{name: cleaned.get(name) or "" for name in ("username", "first_name", "last_name", "email")})
            try:
                password_validation.validate_password(password, about)
            except ValidationError as wrong:
                self.add_error("password", wrong)
        return cleaned

    def say_nobody_is_left(self) -> None:
        self.add_error(None, _("Nobody else is an administrator. Make somebody one first."))

    def _post_clean(self) -> None:
        """The record on the page stays as it was: the act writes what was said."""
        kept = {name: getattr(self.instance, name) for name in FACTS}
        super()._post_clean()  # type: ignore[misc]
        for name, value in kept.items():
            setattr(self.instance, name, value)

    @property
    def said(self) -> people.Said:
        told = self.cleaned_data
        facts = {name: told[name] for name in FACTS if name in self.fields}
        return people.Said(facts, told["roles"], told["manages_settings"], told.get("password") or "")

    def says_same(self, there: User) -> bool:
        """All that was said of somebody who was just taken in, the first password too."""
        person = people.colleagues().filter(pk=there.pk).first()
        told = self.cleaned_data | self.held
        return (
            person is not None
            and all(getattr(person, name) == told[name] for name in FACTS if name in self.fields)
            and {each.pk for each in person.groups.all()} == {each.pk for each in told["roles"]}
            and person.manages_settings == told["manages_settings"]
            and person.check_password(told["password"])
        )

    # ---- on the page

    def sections(self) -> list[dict[str, Any]]:
        person, door = ("first_name", "last_name", "email"), ("username", "password", "language", "is_active")
        may = ("roles", "is_superuser", "manages_settings")
        return [
            {"id": "person", "title": _("Person"), "fields": self._those(*person)},
            {"id": "door", "title": _("Log-in"), "fields": self._those(*door)},
            {"id": "may", "title": _("What they may"), "fields": self._those(*may)},
        ]

    def _those(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]
