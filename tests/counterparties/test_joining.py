"""Two counterparties that are one: the one stays with all that hung on both, the other goes into the archive."""

from datetime import date

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.domain.joining import moves
from counterparties.models import (
    Address,
    Client,
    Contact,
    Contract,
    Counterparty,
    CounterpartyType,
    Document,
    Joining,
    Membership,
    Note,
    Project,
    Value,
)
from files.domain import intake
from files.models import StoredFile
from rights.domain import policy
from tests.counterparties.joins import join, page_of
from tests.factories import make_characteristic, make_counterparty
from tests.shown import body_of
from tests.trail.books import Audit
from trail.domain.undoing.asked import Asked
from trail.domain.undoing.whole import take_back
from trail.history import Recorded
from trail.models import Operation


def contents():
    """Everything recorded that is told of counterparties, as the books say it; a value by what it says."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, Recorded) and model._meta.app_label in ("counterparties", "files"):
            names = [each.attname for each in model.history.model.tracked_fields]
            names = [name for name in names if not (model is Value and name == "id")]
            found[model] = sorted(model._base_manager.values_list(*names), key=repr)
    return found


@pytest.fixture(autouse=True)
def _a_place_for_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def two(office):
    return make_counterparty("Danube Agro", code="DAN"), make_counterparty("Dunav Agro", code="DUN")


@pytest.fixture
def laden(two, client_type, admin):
    """Two clients, the second with everything that may hang on one; what points at it; a holding of both."""
    stays, goes = two
    holding = make_counterparty("Group", [CounterpartyType.objects.get(code="holding")])
    friend, other = (
        make_characteristic("friend", "counterparty", client_type, is_multiple=True),
        make_counterparty("Rila"),
    )
    tags = make_characteristic("tags", "text", client_type, is_multiple=True)
    size, paper = make_characteristic("size", "number", client_type), make_characteristic("paper", "file", client_type)
    kept = [
        intake.take(SimpleUploadedFile(f"{name}.txt", name.encode()), counterparty=goes)
        for name in ("offer", "contract", "licence")
    ]
    Counterparty.objects.filter(pk=goes.pk).first().contacts.create(name="Ivan")
    Address.objects.create(counterparty=stays, kind="company", city="Sofia")
    Address.objects.create(counterparty=goes, kind="company", city="Ruse")
    Address.objects.create(counterparty=goes, kind="delivery", city="Vidin")
    project = Project.objects.create(counterparty=goes, name="Roof", code="P1")
    Contract.objects.create(counterparty=goes, number="7", project=project, file=kept[1])
    Document.objects.create(counterparty=goes, file=kept[0], title="Offer")
    Note.objects.create(counterparty=goes, text="Pays late", author=admin)
    Membership.objects.create(holding=holding, member=stays, since=date(2020, 1, 1), until=date(2022, 1, 1))
    Membership.objects.create(holding=holding, member=goes, since=date(2021, 1, 1))
    Client.objects.create(counterparty=goes, company_name="Dunav Ltd", tax_name="DUNAV")
    values.save(stays, {tags: ["big"], friend: [goes]})
    values.save(goes, {tags: ["big", "old"], size: 5, friend: [other], paper: kept[2]})
    values.save(other, {friend: [stays, goes]})
    values.save(make_counterparty("Pirin"), {friend: [goes]})
    for each in two:
        each.refresh_from_db()
    goes.registration_number, goes.country, goes.email, goes.comment = "131071587", "BG", "a@dunav.bg", "Old friends"
    goes.save()
    stays.comment = "New friends"
    stays.save()
    return stays, goes


def test_all_that_hung_on_both_hangs_on_the_one_that_stays(client, admin, laden):
    stays, goes = laden
    client.force_login(admin)
    before, audit = contents(), Audit()

    asked = body_of(client.get(page_of(stays, goes)))
    with audit.of("joining"):
        answer = join(client, stays, goes)

    assert audit.faults == []
    assert "2 addresses, 1 contact, 1 project, 1 contract, 1 document, 1 note, 1 membership, 2 links of" in asked
    assert (answer.status_code, answer["Location"]) == (303, f"/counterparties/{stays.pk}/")
    stays, goes = (Counterparty.objects.get(pk=each.pk) for each in laden)
    assert (stays.registration_number, stays.country, stays.email) == ("131071587", "BG", "a@dunav.bg")
    assert (stays.comment, stays.alias) == ("New friends\n\nOld friends", "Dunav Agro")
    assert (goes.registration_number, goes.registration_key, goes.is_archived) == ("", None, True)
    for model in (Contact, Project, Contract, Document, Note):
        assert set(model.objects.values_list("counterparty", flat=True)) == {stays.pk}
    assert set(StoredFile.objects.values_list("counterparty", flat=True)) == {stays.pk}
    places = Address.objects.filter(counterparty=stays).order_by("kind").values_list("kind", "city")
    assert list(places) == [("company", "Sofia"), ("delivery", "Vidin"), ("other", "Ruse")]
    days = Membership.objects.values_list("member", "since", "until")
    assert list(days) == [(stays.pk, date(2020, 1, 1), None)]
    assert stays.client.company_name == "Dunav Ltd"
    said = {row.characteristic.code: [] for row in stays.values.select_related("characteristic")}
    for row in stays.values.order_by("place").select_related("characteristic"):
        said[row.characteristic.code].append(row.text or row.number or row.target_id or row.file_id)
    rila = Counterparty.objects.get(name="Rila")
    assert {name: those for name, those in said.items() if name != "paper"} == {
        "tags": ["big", "old"],
        "size": [5],
        "friend": [rila.pk],
    }
    pointing = Value.objects.filter(target=stays).values_list("counterparty__name", "place")
    assert sorted(pointing) == [("Pirin", 0), ("Rila", 0)]
    assert not Value.objects.filter(target=goes).exists()
    operation = Operation.objects.latest("pk")
    assert (operation.kind, operation.user) == ("join", admin)
    assert Joining.objects.values_list("counterparty", "into").get() == (goes.pk, stays.pk)

    take_back(operation, Asked(), policy.for_user(admin), by=admin, digest=None)

    after = contents()
    assert {model: (rows, after[model]) for model, rows in before.items() if rows != after[model]} == {}


def test_the_dossiers_the_search_and_the_operation_say_so(client, admin, laden):
    stays, goes = laden
    client.force_login(admin)
    join(client, stays, goes)

    gone, here = (body_of(client.get(f"/counterparties/{each.pk}/")) for each in (goes, stays))
    told = body_of(client.get(f"/operations/{Operation.objects.latest('pk').pk}/"))
    history = body_of(client.get(f"/counterparties/{stays.pk}/history/"))
    found = body_of(client.get("/counterparties/?q=131071587"))
    by_code = body_of(client.get("/counterparties/?q=DUN&archived=all"))

    assert f'Joined with <a href="/counterparties/{stays.pk}/">Danube Agro</a> (DAN)' in gone
    assert f'<a href="/counterparties/{goes.pk}/">Dunav Agro</a> (DUN)' in here
    assert "Joined: Dunav Agro → Danube Agro" in told
    assert "Came along: Contact “Ivan”" in told
    assert "Came along: Contact “Ivan”" in history
    assert f"/counterparties/{stays.pk}/" in found
    assert f"/counterparties/{goes.pk}/" in by_code


def test_whatever_points_at_a_counterparty_comes_along_or_it_is_said_why_not():
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Counterparty and isinstance(field, ForeignKey) and field.db_constraint
    }

    come_along = {f"{model._meta.label}.counterparty" for model in moves.HANGING.values()}

    assert pointing == come_along | moves.ELSEWHERE.keys()
    assert come_along & moves.ELSEWHERE.keys() == set()


def test_it_costs_the_same_whatever_hangs_there(client, admin, two):
    stays, goes = two
    client.force_login(admin)
    asked, done = [], []
    for number in (1, 4):
        for each in range(number):
            Contact.objects.create(counterparty=goes, name=f"Ivan {each}")
            Note.objects.create(counterparty=goes, text=f"Note {each}", author=admin)
            Project.objects.create(counterparty=goes, name=f"Roof {number}-{each}", code=f"P{number}{each}")
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(stays, goes))
        asked.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            assert join(client, stays, goes).status_code == 303
        done.append(len(queries))
        stays, goes = make_counterparty(f"Danube {number}"), make_counterparty(f"Dunav {number}")

    assert (asked, done) == ([29, 29], [76, 76])


def test_what_nobody_shares_is_let_go_of_by_the_one_that_goes(two, client_type, admin, client):
    stays, goes = two
    plate = make_characteristic("plate", "text", client_type, is_unique=True)
    values.save(goes, {plate: "CB 1234"})
    client.force_login(admin)

    assert join(client, stays, goes, **{"c-plate": "goes"}).status_code == 303
    assert [values.of(each, [plate]) for each in two] == [{plate.pk: ["CB 1234"]}, {}]

    take_back(Operation.objects.get(kind="join"), Asked(), policy.for_user(admin), by=admin, digest=None)
    assert [values.of(each, [plate]) for each in two] == [{}, {plate.pk: ["CB 1234"]}]


def test_both_answers_are_kept_only_where_a_card_could_hold_them(two, client_type, admin, client):
    stays, goes = two
    brand = make_characteristic("brand", "text", client_type, is_multiple=True)
    values.save(stays, {brand: [f"Ours {number}" for number in range(60)]})
    values.save(goes, {brand: [f"Theirs {number}" for number in range(50)]})
    client.force_login(admin)

    page = client.get(page_of(stays, goes)).content.decode()
    joined = join(client, stays, goes, **{"c-brand": "both"})

    assert 'name="c-brand" value="goes"' in page
    assert 'name="c-brand" value="both"' not in page
    assert joined.status_code == 303
    assert len(values.of(stays, [brand])[brand.pk]) == 60


def test_memberships_that_became_one_are_all_there_again(two, admin, client):
    stays, goes = two
    group = make_counterparty("Group", [CounterpartyType.objects.get(code="holding")])
    spans = [(stays, 2010, 2015), (goes, 2014, 2020), (stays, 2019, 2026), (goes, 2000, 2005)]
    for member, since, until in spans:
        Membership.objects.create(holding=group, member=member, since=date(since, 1, 1), until=date(until, 1, 1))
    before = contents()[Membership]
    client.force_login(admin)

    join(client, stays, goes)
    joined = [(each.since.year, each.until.year) for each in Membership.objects.order_by("since")]
    take_back(Operation.objects.get(kind="join"), Asked(), policy.for_user(admin), by=admin, digest=None)

    assert joined == [(2000, 2005), (2010, 2026)]
    assert [row[:5] for row in contents()[Membership]] == [row[:5] for row in before]
