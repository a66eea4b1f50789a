"""What is true of a characteristic whatever its type: its words, and that it may be required and stopped."""

import pytest
from django.utils import timezone

from characteristics.domain import values
from characteristics.models import Characteristic
from characteristics.registry import types
from staff.models import User
from tests.characteristics.test_types import ROWS, meant
from tests.counterparties.cards import edit_of, errors, typed
from tests.factories import make_characteristic, make_counterparty, make_nomenclature


@pytest.fixture
def facts(client_type):
    """One characteristic of each registered type, called in two languages, with a definition."""
    home = make_nomenclature("home", "a", "b")
    return {
        each.code: make_characteristic(
            f"fact-{each.position}",
            each.code,
            client_type,
            name=f"Fact {each.position}",
            name_bg=f"Факт {each.position}",
            definition=f"Help <{each.position}>",
            unit="kg" if "unit" in each.takes else "",
            nomenclature=home if each.needs_nomenclature else None,
            position=each.position,
        )
        for each in types
    }


@pytest.fixture
def desk(client, admin):
    User.objects.filter(pk=admin.pk).update(language="bg")
    client.force_login(User.objects.get(pk=admin.pk))
    return client


def labels(facts):
    return [f"{each.name_bg}, kg" if each.unit else each.name_bg for each in facts.values()]


def test_every_type_speaks_the_readers_language_explains_itself_and_may_be_required(desk, facts):
    names = [each.field_name for each in facts.values()]
    Characteristic.objects.update(is_required=True)
    make_counterparty("Rila")
    columns = "&".join(f"columns={name}" for name in names)

    card = desk.get("/counterparties/new/?type=client")
    refused = desk.post("/counterparties/new/", {"name": "Danube", "types": "client"})
    register = desk.get(f"/clients/?{columns}&filters=open")
    header = b"".join(desk.get(f"/clients/sheet.csv?{columns}").streaming_content).decode("utf-8-sig").splitlines()[0]

    fields = card.context["card"].fields
    assert [fields[name].label for name in names] == labels(facts)
    assert all(f"Help &lt;{each.type.position}&gt;" in card.content.decode() for each in facts.values())
    assert errors(refused).keys() == set(names)
    assert [each.title for each in register.context["listing"].columns][1:] == labels(facts)
    page = register.content.decode()
    assert all(f'title="{label}: Help' in page for label in labels(facts)), "and over each column"
    assert [name for name in names if f'name="{name}' not in page] == []
    assert header.count(",") >= len(names) - 1
    assert all(label in header for label in labels(facts))


def test_every_type_may_be_stopped_then_it_is_asked_of_nobody_and_keeps_what_was_said(desk, facts):
    danube = make_counterparty("Danube")
    said = {facts[code]: meant(rows[0][0]) for code, rows in ROWS.items() if not facts[code].nomenclature}
    said |= {facts[code]: meant("{b}") for code in ("nomenclature", "selectable_picture")}
    values.save(danube, said)
    Characteristic.objects.update(is_required=True, stopped_at=timezone.now())

    card = desk.get(edit_of(danube))
    register = desk.get("/clients/?filters=open").content.decode()
    dossier = desk.get(danube.get_absolute_url()).content.decode()
    saved = desk.post(edit_of(danube), typed(danube, name="Dunav"))

    assert not {each.field_name for each in facts.values()} & card.context["card"].fields.keys()
    assert sum(len(each.told) for each in card.context["asked"]) == len(said)
    assert not any(f'name="{each.field_name}' in register for each in facts.values())
    assert all(each.name_bg in dossier for each in said)
    assert saved.status_code == 303
    assert values.of(danube, list(said)) == {each.pk: [value] for each, value in said.items()}
