"""What migrations make of the rows they find: a database of its own, as it was before, is brought up to date."""

import sys

import pytest
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

TOWNS = "0021_addresses_are_found_by_their_towns"
KEYS = ["sofia", "", "sofia", "", "saint etienne"]  #: Where PostgreSQL keeps the office as it was.
BEFORE = "office_before"


@pytest.fixture
def elsewhere(db, tmp_path):
    """An empty database that everything is asked of meanwhile: a file of SQLite, a schema of PostgreSQL."""
    own, is_sqlite = connections["default"], connection.vendor == "sqlite"
    empty = own.copy()
    if is_sqlite:
        empty.settings_dict["NAME"] = str(tmp_path / "office.sqlite3")
    else:
        empty.settings_dict["OPTIONS"]["options"] += f" -c search_path={BEFORE},public"
        with empty.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {BEFORE}")
    connections["default"] = empty
    yield empty
    connections["default"] = own
    if not is_sqlite:
        with empty.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {BEFORE} CASCADE")
    empty.close()


def pointed_at(model):
    """The models whose rows this one's point at, before it."""
    for field in model._meta.concrete_fields:
        if field.remote_field and field.related_model is not model:
            yield from pointed_at(field.related_model)
    yield model


def test_addresses_that_were_there_before_are_found_by_their_towns(elsewhere, monkeypatch):
    loader = MigrationLoader(None)
    migration = loader.graph.nodes["counterparties", TOWNS]
    monkeypatch.setattr(sys.modules[migration.__module__], "BATCH", 2)
    before = loader.project_state(migration.dependencies)
    models = before.apps.get_model
    with elsewhere.schema_editor() as editor:
        for model in dict.fromkeys(pointed_at(models("counterparties", "Address"))):
            editor.create_model(model)
    types = models("counterparties", "TypeSet").objects.create(key="1")
    alfa, bravo = (
        models("counterparties", "Counterparty").objects.create(code_key=name, name=name, type_set=types)
        for name in ("Alfa", "Bravo")
    )
    written = ["гр. София", "", "1000 Sofiya", "—", "Saint-Étienne"]
    for place, city in enumerate(written):
        models("counterparties", "Address").objects.create(
            counterparty=(alfa, bravo)[place % 2], kind="other", line1=str(place), city=city
        )

    with elsewhere.schema_editor(atomic=True) as editor:
        after = migration.apply(before.clone(), editor)

    addresses = after.apps.get_model("counterparties", "Address").objects.order_by("line1")
    assert [*addresses.values_list("city", "city_key")] == [*zip(written, KEYS, strict=True)]
    assert [*addresses.filter(city_key="sofia").values_list("counterparty__name", flat=True)] == ["Alfa", "Alfa"]
    with elsewhere.cursor() as cursor:
        kept = elsewhere.introspection.get_constraints(cursor, "counterparties_address")
    found_by = {tuple(each["columns"]) for each in kept.values() if each["index"] and not each["foreign_key"]}
    # The index of the key alone is one too many beside that of the key with its town.
    assert {("city_key", "counterparty_id"), ("counterparty_id", "city_key")} <= found_by
    assert ("counterparty_id",) not in found_by
