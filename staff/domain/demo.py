"""The people of the demo office, whose passwords everybody knows; a real office must not let them in."""

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
}


def password_of(name: str) -> str:
    return f"{name}-demo"


def demo_users() -> list[User]:
    """Those who could come in with a demo password; a colleague of the same name with an own password is none."""
    named = User.objects.filter(username__in=PEOPLE, is_active=True).order_by("username")
    return [user for user in named if user.check_password(password_of(user.username))]


def remove_demo_users() -> list[str]:
    """Disable them. Users are never deleted, since history names them."""
    with operation("command", by=None, reason="remove_demo_users"):
        found = demo_users()
        for user in found:
            user.is_active = False
            user.set_unusable_password()
            user.save()
    return [user.username for user in found]
