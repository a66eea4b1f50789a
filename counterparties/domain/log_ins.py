"""Log-ins of clients, as far as the books must know of them.

Whether a client may log in stands on his card. Who keeps the log-ins themselves registers here in an app's own
``log_ins.py``: what the books do to a client reaches them within the same operation.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError

from counterparties.models import Client, Counterparty
from desk.registry import Registry
from desk.said import gettext as _
from staff.domain.entering import holders

keepers = Registry("keeper of log-ins")

#: Facts of a counterparty that its log-in depends on.
DEPENDS_ON = {"email", "archived_at"}


class Keeper:
    """Who opens and closes them. Everything is called within the operation that changed the books."""

    code = ""
    position = 0

    def user_of(self, counterparty: Counterparty) -> int | None:
        """The number of the user by which this one logs in."""
        raise NotImplementedError

    def open(self, counterparty: Counterparty, *, by: Any) -> None:
        """From now on he may log in."""
        raise NotImplementedError

    def close(self, counterparties: Collection[Counterparty], *, by: Any) -> None:
        """Those of them who log in do so no more, from this moment."""
        raise NotImplementedError

    def readdress(self, counterparties: Collection[Counterparty], *, by: Any) -> None:
        """Those of them who log in do so by the e-mail that their card says now."""
        raise NotImplementedError


def may_log_in(counterparties: Collection[Counterparty]) -> set[int]:
    """The numbers of those whose card says so. One query."""
    ids = [each.pk for each in counterparties if each.pk]
    if not ids:
        return set()
    return set(Client.objects.filter(counterparty__in=ids, login_allowed=True).values_list("counterparty", flat=True))


def check_email(email: str, counterparty: Counterparty | None) -> str:
    """Whoever logs in does so by an e-mail that is nobody else's to log in with."""
    if not email:
        raise ValidationError(_("Write the e-mail the client logs in with, or take back that he may log in."))
    own = [each.user_of(counterparty) for each in keepers] if counterparty else []
    if holders(email).exclude(pk__in=own).exists():
        raise ValidationError(_("Somebody logs in with this e-mail already. Write another one."))
    return email


def kept(counterparty: Counterparty, *, allows: bool | None, has_new_email: bool, by: Any) -> None:
    """After his card was kept: it allows the log-in from now on, withdraws it, or says nothing new of that."""
    if allows:
        try:
            check_email(counterparty.email, counterparty)
        except ValidationError as error:
            raise ValidationError({"email": error.messages}) from None
    for keeper in keepers:
        if allows:
            keeper.open(counterparty, by=by)
        elif allows is False:
            keeper.close([counterparty], by=by)
    if has_new_email and allows is None:
        follow([counterparty], by=by)


def follow(changed: Collection[Counterparty], *, by: Any) -> None:
    """After their e-mail was changed, or they were archived."""
    allowed = may_log_in(changed)
    concerned = [each for each in changed if each.pk in allowed]
    gone = [each for each in concerned if each.is_archived]
    there = [each for each in concerned if not each.is_archived]
    for keeper in keepers:
        if gone:
            keeper.close(gone, by=by)
        if there:
            keeper.readdress(there, by=by)
