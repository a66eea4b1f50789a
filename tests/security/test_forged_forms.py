"""What a form was not given for changes nothing: neither hidden facts nor those that are nobody's to type."""

from characteristics.domain import values
from counterparties.models import Counterparty
from trail.models import Operation

from .conftest import MARK

FORGED = {
    "id": "1",
    "pk": "1",
    "type_set": "1",
    "archived_at": "2020-01-01",
    "created_at": "2001-01-01",
    "code_key": "x",
    "search": "x",
    "is_superuser": "on",
    "is_staff": "on",
    "groups": "1",
    "role": "1",
    "history_user": "1",
    "TOTAL_FORMS": "100000",
}


def card(counterparty, **changes):
    said = {"types": ["shop"], "name": counterparty.name, "country": "BG", "version": counterparty.version}
    return said | changes


def kept(counterparty):
    """Everything stored about it, as it may be compared."""
    stored = Counterparty.objects.filter(pk=counterparty.pk).values().get()
    answers = counterparty.values.order_by("pk").values_list(
        "characteristic__code", "place", "text", "number", "element"
    )
    return stored, list(answers)


def test_a_save_by_one_who_sees_half_loses_nothing(desk, house):
    forged = {"c-password": "stolen", "c-ransom": "1", "c-treasure": "zqxwjone"}

    answer = desk.post(
        f"/counterparties/{house.both.pk}/edit/", card(house.both, name="New name", **{"c-motto": "New"}, **forged)
    )

    both = Counterparty.objects.get(pk=house.both.pk)
    said = values.of(both, house.asked.values())
    assert answer.status_code == 303
    assert (both.name, {each.code for each in both.types}) == ("New name", {"shop", "vault"})
    assert said[house.asked["motto"].pk] == ["New"]
    assert (said[house.asked["password"].pk], said[house.asked["ransom"].pk]) == ([f"{MARK}changed"], [777123])
    assert house.asked["treasure"].pk not in said


def test_clearing_every_type_one_sees_leaves_the_others(desk, house):
    answer = desk.post(f"/counterparties/{house.both.pk}/edit/", card(house.both, types=[]))

    assert (answer.status_code, answer["Location"]) == (303, "/counterparties/")
    assert [each.code for each in Counterparty.objects.get(pk=house.both.pk).types] == ["vault"]


def test_fields_of_no_form_are_ignored(desk, house, petra):
    answer = desk.post(f"/counterparties/{house.open.pk}/edit/", card(house.open, name="Renamed", **FORGED))

    before, after = house.open, Counterparty.objects.get(pk=house.open.pk)
    petra.refresh_from_db()
    assert answer.status_code == 303
    assert (after.name, after.archived_at, after.created_at, after.type_set_id) == (
        "Renamed",
        None,
        before.created_at,
        before.type_set_id,
    )
    assert (petra.is_superuser, petra.is_staff) == (False, False)


def test_the_profile_gives_no_rights(desk, petra):
    profile = {"first_name": "P", "language": "en", "theme": "auto", "rows": "50", "job_mail": "long"}

    answer = desk.post("/profile/", profile | {"username": "root", **FORGED})

    petra.refresh_from_db()
    assert answer.status_code == 303
    assert (petra.first_name, petra.username, petra.is_superuser, petra.is_staff) == ("P", "petra", False, False)


def test_no_type_beyond_ones_rights_can_be_ticked(desk, house):
    before = Counterparty.objects.count()

    for types in (["vault"], ["shop", "vault"], ["cellar"], ["client"]):
        answers = [
            desk.post("/counterparties/new/", {"types": types, "name": "New"}),
            desk.post(f"/counterparties/{house.open.pk}/edit/", card(house.open, types=types)),
        ]

        assert [each.status_code for each in answers] == [422, 422]
    assert Counterparty.objects.count() == before
    assert [each.code for each in Counterparty.objects.get(pk=house.open.pk).types] == ["shop"]


def test_archiving_asks_every_type_the_hidden_ones_too(desk, house):
    answer = desk.post(f"/counterparties/{house.both.pk}/archive/")

    assert answer.status_code == 403
    assert not Counterparty.objects.get(pk=house.both.pk).is_archived


def test_looking_changes_nothing(desk, house):
    before = kept(house.open), Operation.objects.count()

    for ending in ("archive/", "restore/", "edit/", ""):
        for method in ("get", "head", "put", "patch", "delete"):
            assert getattr(desk, method)(f"/counterparties/{house.open.pk}/{ending}").status_code in (200, 405)

    assert (kept(house.open), Operation.objects.count()) == before


def test_a_version_from_nowhere_saves_nothing(desk, house):
    for version in ("", "abc", "-1", "0", "9" * 30, "1.0", "\x00", "٣"):
        answer = desk.post(f"/counterparties/{house.open.pk}/edit/", card(house.open, name="Forged", version=version))

        assert (version, answer.status_code in (409, 422)) == (version, True)
    assert Counterparty.objects.get(pk=house.open.pk).name == "Open house"
