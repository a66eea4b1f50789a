from typing import Any

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history import register

from trail.history import Records


def themes() -> list[tuple[str, Any]]:
    return [("auto", _("as the device")), ("light", _("light")), ("dark", _("dark"))]


def languages() -> list[tuple[str, Any]]:
    return [("", _("as the browser")), ("en", _("English")), ("bg", _("Bulgarian")), ("ru", _("Russian"))]


#: Of which of one's jobs a mail comes when they are over.
LONG, ALL, NONE = "long", "all", "none"


def job_mails() -> list[tuple[str, Any]]:
    return [
        (LONG, _("of those that took longer than a minute")),
        (ALL, _("of all of them")),
        (NONE, _("of none")),
    ]


class User(AbstractUser):
    """Somebody who logs in, with their roles (groups) and preferences."""

    not_recorded = ("password", "last_login")

    language = models.CharField(_("language"), max_length=5, blank=True, choices=languages)
    theme = models.CharField(_("colours"), max_length=5, default="auto", choices=themes)
    rows = models.PositiveSmallIntegerField(_("rows a page"), default=50)
    job_mail = models.CharField(_("mails about my imports and sheets"), max_length=5, default=LONG, choices=job_mails)
    #: History says by it who set a password and when; the password itself it never knows.
    password_set_at = models.DateTimeField(_("password set"), null=True, blank=True, editable=False)
    #: Somebody from outside who comes to their own page and to nothing else; no colleague, and never given a role.
    is_guest = models.BooleanField(_("log-in of a client"), default=False, editable=False)

    class Meta(AbstractUser.Meta):
        permissions = [("manage_settings", _("May change types, statuses, characteristics and nomenclatures"))]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def save(self, **kwargs: Any) -> None:
        """Whichever way a password was set, its moment is written with it.

        Django hashes a known password anew by the same way when its own recipe grows stronger, and then keeps no
        word of it: that changes nothing for anybody.
        """
        if self._password is not None:
            self.password_set_at = timezone.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "password_set_at"}
        super().save(**kwargs)

    def set_unusable_password(self) -> None:
        super().set_unusable_password()
        self.password_set_at = None


register(User, app="staff", records_class=Records, m2m_fields=["groups", "user_permissions"])
register(Group, app="staff", records_class=Records, m2m_fields=["permissions"])
