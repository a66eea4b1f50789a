"""The floor of a page: the same rows by two written-out statements, joined to a table without anything else."""

from html import escape
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from characteristics.models import Characteristic
from tools.bench.shaping import SHOWN

NAMES = (
    "SELECT id, name FROM counterparties_counterparty WHERE archived_at IS NULL AND type_set_id IN ({sets})"
    " ORDER BY name_key, id LIMIT 51"
)
SAID = (
    "SELECT v.counterparty_id, v.characteristic_id, v.text, v.number, v.day, v.flag, e.name"
    " FROM counterparties_value v LEFT JOIN characteristics_element e ON e.id = v.element_id"
    " WHERE v.counterparty_id IN ({ids}) AND v.characteristic_id IN ({characteristics})"
)


def characteristics() -> list[int]:
    return list(Characteristic.objects.filter(code__in=SHOWN).values_list("pk", flat=True))


def table(sets: list[int], shown: list[int]) -> str:
    """Fifty rows of nine columns as HTML."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES.format(sets=_listed(sets)))
        rows = cursor.fetchall()[:50]
        cursor.execute(SAID.format(ids=_listed([pk for pk, _name in rows]), characteristics=_listed(shown)))
        said = {(row[0], row[1]): next((each for each in row[2:] if each is not None), "") for row in cursor}
    made = []
    for pk, name in rows:
        cells = "".join([f"<td>{escape(str(said.get((pk, each), '')))}</td>" for each in shown])
        made.append(f'<tr><td><a href="/counterparties/{pk}/">{escape(name)}</a></td>{cells}</tr>')
    return f"<table>{''.join(made)}</table>"


def page(request: HttpRequest) -> HttpResponse:
    """The same for a person who is logged in, through the same server and the same middleware."""
    decision: Any = request.decision
    return HttpResponse(table(decision.set_ids("view"), characteristics()))


def _listed(ids: list[int]) -> str:
    return ", ".join(map(str, ids))
