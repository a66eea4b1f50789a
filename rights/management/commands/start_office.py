from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.utils import timezone

from counterparties.demo import office
from counterparties.domain.starting import start_counterparties
from counterparties.models import Counterparty
from desk.databases import attempt
from portal.demo import let_a_client_in
from rights.demo.people import invite
from rights.domain.granting import copy_rights
from rights.domain.starting import start_roles
from trail.domain.operations import operation


class Command(BaseCommand):
    help = "Makes what every office has from its first day; run again, it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="a living demo office: people, counterparties, history")

    def handle(self, *_args: Any, **options: Any) -> str:
        made = attempt(start_demo if options["demo"] else start)
        words = ", ".join(f"{count} {name}" for name, count in made.items() if count)
        return f"made: {words}" if words else "nothing to make: the office is open already"


def start() -> Counter:
    """Root types, statuses, system nomenclatures and base roles, as far as the office never had them."""
    with operation("command", by=None, reason="start_office"):
        return counted(start_counterparties()) + Counter(roles=len(start_roles()))


@transaction.atomic
def start_demo() -> Counter:
    """The demo office, whole or not at all; whatever is there already stays as it is."""
    made = start()
    with operation("command", by=None, reason="start_office --demo"):
        people, came = invite()
        made += counted(came)
        if office.is_lived_in():
            return made
        report = office.define_settings()
        for type_ in report.new_types:
            copy_rights(type_.parent, type_)
    made += counted(report.new_types)
    office.live(people, timezone.now())
    let_a_client_in(by=people["admin"])
    made[str(Counterparty._meta.verbose_name_plural)] = Counterparty.objects.count()
    return made


def counted(things: Iterable[models.Model]) -> Counter:
    """How many of each sort, in the words of the office."""
    return Counter(str(each._meta.verbose_name_plural) for each in things)
