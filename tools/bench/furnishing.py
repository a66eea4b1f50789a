"""What clients have: their details, an address, some a bank account, a contract, a project.

They come without history: nothing that is measured reads it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection
from stdnum import iban

from characteristics.models import Element
from counterparties.demo.lands import SHARES
from counterparties.domain.inheritance import TypeTree
from counterparties.models import Address, BankAccount, Client, Contract, Project, TypeSet
from counterparties.models.address import town_key
from tools.bench.filling import Table

SEED = 20_261_123
PORTION = 20_000
#: One client in so many has a project, one in so many a contract, and one in so many an account.
WITH_PROJECT, WITH_CONTRACT, WITH_ACCOUNT = 5, 4, 3
#: So many banks hold these accounts.
BANKS = 40
LANGUAGES, CURRENCIES, STATES = ("bg", "ru", "en"), ("EUR", "BGN"), ("planned", "running", "on-hold", "done")
FIRST_DAY = date(2018, 1, 1)


class Furnisher:
    """Makes portions of rows for what clients have."""

    def __init__(self) -> None:
        self.random = Random(SEED)
        of_clients = list(Element.objects.filter(nomenclature__code="client-category"))
        self.categories = [each for each in of_clients if each.parent_id is None]
        self.under = {
            each.pk: [one for one in of_clients if one.parent_id == each.pk] or [None] for each in self.categories
        }
        self.contract_types = list(Element.objects.filter(nomenclature__code="contract-type"))
        self.clients = Table(Client, ("id", "counterparty_id", "category_id", "subcategory_id", "language"))
        self.towns = [
            (town, town_key(town), land.country) for land, _share in SHARES for town, _region, _code in land.towns
        ]
        self.addresses = Table(Address, ("id", "counterparty_id", "kind", "city", "city_key", "country"))
        self.projects, self.contracts = (Table(model, _columns(model)) for model in (Project, Contract))
        self.accounts = Table(BankAccount, _columns(BankAccount))
        #: Who holds the accounts; known when the counterparties are.
        self.banks: list[int] = []

    def type_sets(self, kind: str) -> list[int]:
        """The sets of types that make somebody a client, or a bank."""
        types = [each.pk for each in TypeTree().types if each.kind_code == kind]
        return list(TypeSet.objects.filter(types__in=types).distinct().values_list("pk", flat=True))

    @property
    def tables(self) -> list[Table]:
        return [self.clients, self.addresses, self.projects, self.contracts, self.accounts]

    def portions(self, clients: Iterable[int]) -> Iterator[int]:
        """After each step every table holds the rows of some more clients; whoever writes them empties the tables."""
        waiting = iter(clients)
        while portion := list(islice(waiting, PORTION)):
            for pk in portion:
                self._furnish(pk)
            yield portion[-1]

    def _furnish(self, pk: int) -> None:
        random = self.random
        category = random.choice(self.categories)
        language = random.choice(LANGUAGES)
        under = self.under[category.pk]
        subcategory = random.choice(under) if under != [None] else None
        self.clients.add(pk, pk, category.pk, subcategory and subcategory.pk, language)
        self.addresses.add(pk, pk, "company", *random.choice(self.towns))
        begin = FIRST_DAY + timedelta(days=random.randrange(3200))
        end = begin + timedelta(days=random.randrange(60, 900))
        if pk % WITH_PROJECT == 0:
            named = {"code": f"P-{pk}", "name": f"Work {pk % 9973} for {pk}", "status": random.choice(STATES)}
            _keep(self.projects, Project(id=pk, counterparty_id=pk, starts_on=begin, ends_on=end, **named))
        if pk % WITH_CONTRACT == 0:
            signed: dict[str, Any] = {"number": f"{begin.year}/{pk}", "subject": "Deliveries"}
            signed["contract_type"] = random.choice(self.contract_types)
            paid = {"amount": random.randrange(1, 10**6), "currency": random.choice(CURRENCIES), "remind_days": 30}
            project = pk if pk % WITH_PROJECT == 0 else None
            own = {"id": pk, "counterparty_id": pk, "project_id": project, "starts_on": begin, "ends_on": end}
            _keep(self.contracts, Contract(**own, **signed, **paid))
        if pk % WITH_ACCOUNT == 0:
            number = f"BENC9661{pk:010}"
            number = f"BG{iban.calc_check_digits(f'BG00{number}')}{number}"
            held = {"bank_id": random.choice(self.banks) if self.banks else None, "bic": "BENCBG22"}
            paid = {"currency": "EUR", "is_main": True}
            _keep(self.accounts, BankAccount(id=pk, counterparty_id=pk, number=number, **held, **paid))


def _keep(table: Table, record: Any) -> None:
    """Put the row of a record into its table, with everything that follows from its facts."""
    record.derive()
    table.rows.append(
        tuple(each.get_db_prep_save(getattr(record, each.attname), connection) for each in record._meta.concrete_fields)
    )


def _columns(model: Any) -> tuple[str, ...]:
    return tuple(each.column for each in model._meta.concrete_fields)
