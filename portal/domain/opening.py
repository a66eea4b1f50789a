"""The log-in of a client: opened, moved to another e-mail, withdrawn. All within the operation of whoever does it."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from counterparties.domain.log_ins import check_email
from counterparties.models import Client, Counterparty
from desk.databases import attempt
from portal.domain import letters
from portal.models import Access
from staff.models import User
from trail.domain.operations import operation

#: So much of a name is kept with the user.
LONGEST_NAME = User._meta.get_field("last_name").max_length


def access_of(counterparty: Counterparty) -> Access | None:
    """What he has of a log-in, withdrawn or not."""
    return Access.objects.select_related("user").filter(counterparty=counterparty.pk).first()


def open_for(counterparty: Counterparty, *, by: Any) -> Access:
    """He may log in: a user without a password, and the invitation to choose one."""
    access = access_of(counterparty) or Access(counterparty=counterparty, user=_new_user(counterparty))
    access.counterparty = counterparty
    access.user.is_active = True
    _call(access.user, counterparty)
    access.withdrawn_at = access.accepted_at = None
    _invite(access, by)
    return access


def invite_again(counterparty: Counterparty, *, by: Any) -> bool:
    """Another invitation; links of earlier ones are void. False when his card does not say that he may log in.

    One who forgot his password is helped by it too; the password he has works until he chooses a new one. Raises
    ValidationError when somebody else was given the e-mail since he was out.
    """

    def act() -> bool:
        with operation("portal", by=by):
            kept = Counterparty.objects.select_for_update().get(pk=counterparty.pk)
            is_allowed = Client.objects.filter(counterparty=kept, login_allowed=True).exists()
            access = access_of(kept)
            if not is_allowed or kept.is_archived or is_disabled(access):
                return False
            if access is None or not access.is_open:
                check_email(kept.email, kept)
                open_for(kept, by=by)
            else:
                access.counterparty = kept
                _invite(access, by)
            return True

    return attempt(act)


def is_disabled(access: Access | None) -> bool:
    """Disabled in the administration; there alone it is enabled again."""
    return access is not None and access.is_open and not access.user.is_active


def close(counterparties: Iterable[Counterparty], *, by: Any) -> None:
    """They log in no more. Sessions end with the user, passwords and links are void."""
    for access in _open_ones(counterparties):
        access.withdrawn_at = timezone.now()
        access.user.is_active = False
        access.user.set_unusable_password()
        access.user.save()
        access.save()
        letters.cancel_invitations(access.counterparty)


def readdress(counterparties: Collection[Counterparty], *, by: Any) -> None:
    """They log in by the e-mail of their card. Who did not accept the invitation yet is invited there anew."""
    emails = {each.pk: each for each in counterparties}
    for access in _open_ones(counterparties):
        access.counterparty = emails[access.counterparty_id]
        if access.user.email == access.counterparty.email:
            continue
        _call(access.user, access.counterparty)
        if access.accepted_at is None and by is not None:
            _invite(access, by)
            continue
        if access.accepted_at is None:
            # A command speaks for nobody, and nobody writes no letter: the dossier says that he waits for one.
            access.invited_at = None
        _save(access)


def _open_ones(counterparties: Iterable[Counterparty]) -> list[Access]:
    ids = [each.pk for each in counterparties]
    found = Access.objects.select_related("user", "counterparty")
    return list(found.filter(counterparty__in=ids, withdrawn_at=None).order_by("counterparty"))


def _new_user(counterparty: Counterparty) -> User:
    """Somebody from outside. He knows his e-mail; the user name is the office's own and stays when that changes."""
    client = Client.objects.filter(counterparty=counterparty).first() or Client()
    spoken = [code for code in (client.message_language, client.language) if code in dict(settings.LANGUAGES)]
    name, number = f"client-{counterparty.pk}", 1
    while User.objects.filter(username=name).exists():
        number += 1
        name = f"client-{counterparty.pk}-{number}"
    user = User(username=name, is_guest=True, language=spoken[0] if spoken else "")
    user.set_unusable_password()
    return user


def _call(user: User, counterparty: Counterparty) -> None:
    """By what he logs in, and as whom history names him."""
    user.email, user.last_name = counterparty.email, counterparty.name[:LONGEST_NAME]
    user.save()


def _save(access: Access) -> None:
    """The last word on the e-mail: two clients may have been given the same at the same moment."""
    try:
        with transaction.atomic():
            access.save()
    except IntegrityError:
        raise ValidationError({"email": _("Somebody logs in with this e-mail already. Write another one.")}) from None


def _invite(access: Access, by: Any) -> None:
    letters.cancel_invitations(access.counterparty)
    access.invited_at = timezone.now()
    _save(access)
    letters.write("invitation", access.counterparty, by=by)
