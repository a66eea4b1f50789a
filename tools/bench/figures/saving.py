"""Saving: one value with its history, a whole card through its page."""

from itertools import count
from typing import Any

from django.db import connection, transaction

from characteristics.models import Characteristic
from counterparties.domain import keeping
from counterparties.models import Counterparty
from tools.bench.asking import Person
from tools.bench.watch import Watch

FACTS = ("code", "name", "alias", "country", "registration_number", "vat_number", "email", "phone", "mobile")


def measure(watch: Watch, size: int, database: str) -> None:
    reader = Person("reader")
    # Who is a client has more on the card than others.
    pk = reader.question("type=client").records().filter(version=1).order_by("-pk").values_list("pk", flat=True)[0]
    rating = Characteristic.objects.get(code="rating")
    numbers = count(1_000)

    def kept() -> Any:
        one = keeping.held(pk)
        return keeping.keep(one, {}, None, {rating: next(numbers)}, by=reader.user, seen=one.version)

    def updated() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            sql = "UPDATE counterparties_value SET number = %s WHERE counterparty_id = %s AND characteristic_id = %s"
            cursor.execute(sql, [next(numbers), pk, rating.pk])

    watch.take(
        "one value with history, by the domain",
        kept,
        updated,
        against="one UPDATE and commit",
        target="T18" if database == "postgresql" else "",
        at_most=2.5 if database == "postgresql" else None,
    )
    address = f"/counterparties/{pk}/edit/"

    def saved() -> None:
        reader.page(address)
        version = Counterparty.objects.values_list("version", flat=True).get(pk=pk)
        facts = sent(pk, reader) | {"version": version, "comment": f"Saved {next(numbers)} times"}
        answer = reader.client.post(address, facts)
        if answer.status_code != 303:
            raise AssertionError(f"{address} answered {answer.status_code}")

    saved()  # what a process reads once and keeps is no part of what each card asks: 46 statements were counted with it
    watch.response("a card opened, changed and saved, whole responses", saved)


def sent(pk: int, person: Person) -> dict[str, Any]:
    """What the card of a counterparty would send back unchanged, as far as it must be there and the person sees it."""
    one = Counterparty.objects.select_related("status").get(pk=pk)
    facts = {
        name: getattr(one, name)
        for name in (
            "code",
            "name",
            "alias",
            "country",
            "registration_number",
            "vat_number",
            "email",
            "phone",
            "mobile",
        )
    }
    ticks = {name: "on" for name in ("is_person", "is_foreign", "is_vat_registered") if getattr(one, name)}
    return (
        facts | ticks | {"types": [each.code for each in person.decision.visible_types(one)], "status": one.status.code}
    )
