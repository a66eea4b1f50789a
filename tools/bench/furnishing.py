"""What a measured office has besides its counterparties: what clients have, and the history of all values.

An office built without it gets it once: python -m tools.bench.furnishing, with the office's address in DATABASE_URL.
Clients' details, projects and contracts come without history: nothing that is measured reads it.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import django
from django.db import connection

SEED = 20_261_123
PORTION = 20_000
#: One client in so many has a project, and one in so many a contract.
WITH_PROJECT, WITH_CONTRACT = 5, 4
LANGUAGES, CURRENCIES, STATES = ("bg", "ru", "en"), ("EUR", "BGN"), ("planned", "running", "on-hold", "done")
FIRST_DAY = date(2018, 1, 1)


def furnish() -> None:
    """Give every counterparty that is a client what clients have; nothing where that was done before."""
    from counterparties.models import Client, Contract, Project  # noqa: PLC0415 -- slow import
    from desk.databases import prepare_search  # noqa: PLC0415 -- slow import
    from tools.bench import filling, loading  # noqa: PLC0415 -- slow import

    if Client.objects.exists():
        return
    tables = {model: filling.Table(model, _columns(model)) for model in (Client, Project, Contract)}
    names = [each.name for each in tables.values()]
    with loading.in_haste(), loading.unindexed(names, _say):
        random, elements = Random(SEED), _elements()
        for portion in _clients():
            for pk in portion:
                _furnish(pk, random, elements, tables)
            loading.write_all(tables.values())
    for model in (Project, Contract):
        prepare_search(model)
    loading.finish(tables.values())


def remember() -> None:
    """The history of the values that came with their counterparties, as the filler leaves it for the first of them."""
    from counterparties.models import Counterparty, Value  # noqa: PLC0415 -- slow import
    from tools.bench import filling, loading  # noqa: PLC0415 -- slow import

    history: Any = Value.history.model
    first, last = (
        filling.WITH_HISTORY_OF_VALUES + 1,
        Counterparty.objects.order_by("-pk").values_list("pk", flat=True)[0],
    )
    added = history.objects.filter(history_type="+", counterparty_id__gte=first)
    if last < first or not Value.objects.filter(counterparty=last).exists() or added.count() > last - first:
        return
    own = [each.column for each in history.tracked_fields]
    columns = ", ".join([*own, "history_date", "history_type", "history_user_id", "operation_id"])
    said = ", ".join(f"v.{column}" for column in own)
    sql = (
        f"INSERT INTO {history._meta.db_table} ({columns})"
        f" SELECT {said}, c.history_date, '+', c.history_user_id, c.operation_id"
        f" FROM {Value._meta.db_table} v JOIN {Counterparty.history.model._meta.db_table} c"
        " ON c.id = v.counterparty_id AND c.history_type = '+' WHERE v.counterparty_id BETWEEN %s AND %s"
    )
    with loading.in_haste(), loading.unindexed([history._meta.db_table], _say), connection.cursor() as cursor:
        for start in range(first, last + 1, 5 * PORTION):
            cursor.execute(sql, [start, min(start + 5 * PORTION - 1, last)])
    loading.finish([])


def _furnish(pk: int, random: Random, elements: dict[str, list[Any]], tables: dict[Any, Any]) -> None:
    from counterparties.models import Client, Contract, Project  # noqa: PLC0415 -- slow import

    category = random.choice(elements["categories"])
    facts: dict[str, Any] = {"category": category, "language": random.choice(LANGUAGES), "counterparty_id": pk}
    under = [each for each in elements["subcategories"] if each.parent_id == category.pk]
    _keep(tables, Client(id=pk, subcategory=random.choice(under) if under else None, **facts))
    begin = FIRST_DAY + timedelta(days=random.randrange(3200))
    end = begin + timedelta(days=random.randrange(60, 900))
    if pk % WITH_PROJECT == 0:
        named = {"code": f"P-{pk}", "name": f"Work {pk % 9973} for {pk}", "status": random.choice(STATES)}
        _keep(tables, Project(id=pk, counterparty_id=pk, starts_on=begin, ends_on=end, **named))
    if pk % WITH_CONTRACT == 0:
        signed = {
            "number": f"{begin.year}/{pk}",
            "subject": "Deliveries",
            "contract_type": random.choice(elements["types"]),
        }
        paid = {"amount": random.randrange(1, 10**6), "currency": random.choice(CURRENCIES), "remind_days": 30}
        project = pk if pk % WITH_PROJECT == 0 else None
        _keep(
            tables,
            Contract(id=pk, counterparty_id=pk, project_id=project, starts_on=begin, ends_on=end, **signed, **paid),
        )


def _keep(tables: dict[Any, Any], record: Any) -> None:
    """Put the row of a record into its table, with everything that follows from its facts."""
    table = tables[type(record)]
    record.derive()
    fields = {each.column: each for each in record._meta.concrete_fields}
    table.rows.append(
        tuple(
            fields[name].get_db_prep_save(getattr(record, fields[name].attname), connection) for name in table.columns
        )
    )


def _columns(model: Any) -> tuple[str, ...]:
    return tuple(each.column for each in model._meta.concrete_fields)


def _elements() -> dict[str, list[Any]]:
    from characteristics.models import Element  # noqa: PLC0415 -- slow import

    of_clients = list(Element.objects.filter(nomenclature__code="client-category"))
    return {
        "categories": [each for each in of_clients if each.parent_id is None],
        "subcategories": [each for each in of_clients if each.parent_id],
        "types": list(Element.objects.filter(nomenclature__code="contract-type")),
    }


def _clients() -> Iterator[list[int]]:
    """Ids of the counterparties that are clients, a portion at a time."""
    from counterparties.domain.inheritance import TypeTree  # noqa: PLC0415 -- slow import
    from counterparties.models import Counterparty, TypeSet  # noqa: PLC0415 -- slow import

    types = [each.pk for each in TypeTree().types if each.kind_code == "client"]
    sets = list(TypeSet.objects.filter(types__in=types).distinct().values_list("pk", flat=True))
    clients, last = Counterparty.objects.filter(type_set__in=sets).order_by("pk").values_list("pk", flat=True), 0
    while portion := list(clients.filter(pk__gt=last)[:PORTION]):
        yield portion
        last = portion[-1]


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    django.setup()
    furnish()
    remember()
