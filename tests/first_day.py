"""An office on its first day, made once and laid out anew for every test that asks for it."""

import random
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from counterparties.domain.starting import start_counterparties
from rights.domain.starting import start_roles
from tests import cast
from trail.domain.operations import operation
from trail.models import Operation, Stamp

#: A statement, and what it writes.
Written = tuple[str, list[Any]]


def open_office() -> None:
    """Six root types, statuses, system nomenclatures, base roles, and their history."""
    if Operation.objects.exists():
        # Somebody came before the office: its rows have the numbers that those of the first day were written with.
        make()
        return
    # Making it takes forty times as long as writing its rows again, and more than half of all tests begin with it.
    # Together, because types point at types that are written after them: PostgreSQL looks when all of it is there.
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        for statement, facts in _first_day():
            cursor.execute(statement, facts)


def make() -> None:
    with operation("command", by=None):
        start_counterparties()
        start_roles()


@cache
def _first_day() -> list[Written]:
    """What the making of an office writes. It is taken back: the first test begins with the same rows as all others."""
    models = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed]
    with transaction.atomic():
        before = {model: model._base_manager.count() for model in models}
        make()
        written = [each for model, skipped in before.items() if (each := _written(model, skipped))]
        cast.prepare()
        transaction.set_rollback(True)
    # The same settings each time: a process that read them once knows them again by their stamp.
    written.append((f"UPDATE {Stamp._meta.db_table} SET word = %s", [random.getrandbits(48)]))
    return _said_at_once(written) if connection.vendor == "postgresql" else written


def _written(model: Any, skipped: int) -> Written | None:
    fields, quote = model._meta.concrete_fields, connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    found = model._base_manager.order_by("pk").values_list(*[field.attname for field in fields])[skipped:]
    facts = [
        field.get_db_prep_save(value, connection) for row in found for field, value in zip(fields, row, strict=True)
    ]
    if not facts:
        return None
    rows = ", ".join([f"({places})"] * (len(facts) // len(fields)))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {rows}", facts


def _said_at_once(written: list[Written]) -> list[tuple[str, None]]:
    """One question to the server in place of thirteen."""
    with connection.cursor() as cursor:
        return [("; ".join(cursor.mogrify(statement, facts) for statement, facts in written), None)]
