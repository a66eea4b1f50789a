"""The people of the demo office, whose passwords everybody knows; a real office must not let them in."""

from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext_lazy as _

from staff.models import User
from trail.domain.operations import operation

#: user name → what they are there for
PEOPLE = {
    "admin": _("may everything"),
    "ivo": _("implementer: changes the settings"),
    "anna": _("sales: clients; sees suppliers"),
    "boris": _("bookkeeping: sees everybody; edits banks and suppliers"),
    "mila": _("sales and bookkeeping"),
    "vera": _("no role: sees nothing"),
    "client": _("a client: sees his own pages alone"),
}


def password_of(name: str) -> str:
    return f"{name}-demo"


def demo_names() -> list[str]:
    """Who could come in with a demo password; a colleague of the same name with an own password is not among them.

    Asked before the tables of a new release are there too, so no column is read that the first release had not.
    """
    named = User.objects.filter(username__in=PEOPLE, is_active=True).order_by("username")
    kept = named.values_list("username", "password")
    return [name for name, password in kept if check_password(password_of(name), password)]


def remove_demo_users() -> list[str]:
    """Disable them. Users are never deleted, since history names them."""
    with operation("command", by=None, reason="remove_demo_users"):
        found = User.objects.filter(username__in=demo_names()).order_by("username")
        for user in found:
            user.is_active = False
            user.set_unusable_password()
            user.save()
    return [user.username for user in found]
