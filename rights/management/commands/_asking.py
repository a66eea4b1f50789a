"""What `grant` and `revoke` have in common: who is meant, on which type, and which rights."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from counterparties.models import CounterpartyType
from desk.databases import attempt
from rights.catalog import BY_CODE
from rights.domain import policy
from staff.models import User
from trail.domain.operations import operation

Act = Callable[[Group, CounterpartyType, list[str]], list[str]]


class RightsCommand(BaseCommand):
    """Reads the words of the command line, acts in one operation, and says what changed."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="name of the role, for example Sales")
        parser.add_argument("type", help="code of the counterparty type, for example client")
        parser.add_argument("rights", nargs="+", help=f"codes of rights parted by commas: {', '.join(BY_CODE)}")
        parser.add_argument("--reason", default="", help="why; kept in the history")
        parser.add_argument("--as", dest="user", metavar="USER", help="in whose name this is done")

    def change(self, act: Act, done: str, options: dict[str, Any]) -> str:
        """Do it; one line tells which rights of which role on which type were granted or revoked."""
        role, type_ = role_called(options["role"]), type_called(options["type"])
        rights = rights_in(",".join(options["rights"]))
        person = settings_manager(options["user"]) if options["user"] else None
        # Without a person or a reason, history names at least the command.
        reason = options["reason"] or " ".join(
            [type(self).__module__.rpartition(".")[2], role.name, type_.code, *rights]
        )

        def whole() -> list[str]:
            with operation("command", by=person, reason=reason):
                return act(role, type_, rights)

        changed = attempt(whole)
        return f"{role.name} on {type_.code}: {f'{done} ' + ', '.join(changed) if changed else 'nothing changed'}"


def role_called(name: str) -> Group:
    found = Group.objects.filter(name=name).first()
    if found is None:
        raise CommandError(f"There is no role “{name}”; known: {_listed(Group.objects.order_by('name'), 'name')}.")
    return found


def type_called(code: str) -> CounterpartyType:
    found = CounterpartyType.objects.filter(code=code.lower()).first()
    if found is None:
        known = _listed(CounterpartyType.objects.order_by("position", "code"), "code")
        raise CommandError(f"There is no counterparty type “{code}”; known: {known}.")
    return found


def rights_in(words: str) -> list[str]:
    """The rights of a list parted by commas."""
    asked = [word.strip().lower() for word in words.split(",") if word.strip()]
    unknown = [word for word in asked if word not in BY_CODE]
    if unknown or not asked:
        wrong = f"There is no right “{unknown[0]}”" if unknown else "No right was named"
        raise CommandError(f"{wrong}; known: {', '.join(BY_CODE)}.")
    return asked


def settings_manager(name: str) -> User:
    """The person in whose name rights are changed; on the pages they may do so too."""
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no user “{name}”; --as takes a user name.")
    if not policy.for_user(found).may_manage_settings:
        raise CommandError(f"{name} may not change rights; superusers and holders of staff.manage_settings may.")
    return found


def _listed(things: Any, field: str) -> str:
    return ", ".join(things.values_list(field, flat=True)) or "none yet, run start_office first"
