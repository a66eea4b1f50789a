"""A list that is asked for some values of a characteristic, in the order of these values: those alone are walked."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from characteristics.domain.packed import Packed
from characteristics.models import Element
from characteristics.pages import columns
from counterparties.models import Value
from counterparties.pages import register
from counterparties.pages.asked import Question
from desk.databases import Together, stepping
from rights.domain import policy
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from tests.shown import names

PEOPLE = ("admin", "anna", "boris")
#: What is asked by the ending of the filter's name.
QUESTIONS = {
    "size": ["_min=3", "_max=4", "_min=2&c-size_max=5"],
    "founded": ["_after=2003-01-01", "_before=2004-12-31"],
    "certified": ["=yes", "=no", "=none"],
    "town": ["=соф", "=со", "=русе"],
    "street": ["=вит", "=ви", "=пирот", "=ул"],
    "region": ["=north", "=south&c-region=west"],
    "pack": ["=yes", "_package=east", "_quantity_min=3"],
    "sizes": ["_min=4", "_max=2"],
}
#: In the order of its list, an element at a time where very many point at it; of the others it never matters how many.
RANKED = ["region"]


@pytest.fixture
def office(cast, client_type, supplier_type, bank_type):
    """Clients, suppliers and banks, of which Anna sees no bank; banks are not asked where they are."""
    types = [client_type, supplier_type, bank_type]
    regions = make_nomenclature("region", "south", "north", "east", "west")
    elements = list(Element.objects.filter(nomenclature=regions).order_by("position"))
    kinds = {"size": "number", "founded": "date", "certified": "checkbox", "pack": "with_package"}
    made = {
        code: make_characteristic(code, kind, *types, nomenclature=regions if kind == "with_package" else None)
        for code, kind in kinds.items()
    }
    made["town"] = make_characteristic("town", "text", client_type, supplier_type)
    made["street"] = make_characteristic("street", "text", client_type, supplier_type)
    made["region"] = make_characteristic("region", "nomenclature", client_type, supplier_type, nomenclature=regions)
    made["sizes"] = make_characteristic("sizes", "number", *types, is_multiple=True)
    User.objects.update(rows=2)
    for number in range(14):
        record = make_counterparty(f"Firm {number * 5 % 14:02}", types=[types[number % 3], *types[: number % 4 // 3]])
        here = elements[number % 4]
        said = {
            "size": Decimal(number % 6),
            "founded": date(2000 + number % 7, 1, 1),
            "certified": number % 2 == 0 if number % 5 else None,
            "town": ("София", "Русе", "Нова София " * 20)[number % 3],
            "street": ("ул. Витоша", "Пиротска", "бул. Витоша", "ул. Пиротска")[number % 4],
            "region": here,
            "pack": Packed(True, here, Decimal(number % 5 + 1)) if number % 3 else Packed(False),
            "sizes": [Decimal(number % 6), Decimal(5 - number % 4)],
        }
        values.save(record, {made[code]: value for code, value in said.items() if number % 5 or code != "size"})


def walked(client, address):
    """The names on all pages of a list."""
    shown = []
    while address:
        answer = client.get(address)
        shown += names(answer)
        address = answer.context["listing"].next_url
    return shown


@pytest.fixture
def turned(listing_of):
    """The names on all pages of a list, as one person turns them over."""

    def turn(user, address, rows=2):
        user.rows, met = rows, []
        while address:
            listing = listing_of(user, address)
            met += [each.name for each in listing.records]
            address = listing.next_url
        return met

    return turn


@pytest.mark.parametrize(
    ("code", "few"), [*((code, columns.FEW) for code in QUESTIONS), *((code, 0) for code in RANKED)]
)
def test_it_is_the_whole_list_in_that_order_without_the_others(turned, office, monkeypatch, code, few):
    monkeypatch.setattr(columns, "FEW", few)
    for person in User.objects.filter(username__in=PEOPLE):
        answering = {each: turned(person, f"/counterparties/?c-{code}{each}", rows=50) for each in QUESTIONS[code]}
        for order in (f"sort=c-{code}", f"sort=-c-{code}"):
            whole = turned(person, f"/counterparties/?{order}")
            for question, found in answering.items():
                shown = turned(person, f"/counterparties/?c-{code}{question}&{order}")

                assert shown == [each for each in whole if each in found], (question, order)
                assert 0 < len(found) < len(whole), question


def test_whoever_reads_it_gets_these_pages(client, turned, office):
    anna, address = User.objects.get(username="anna"), "/counterparties/?c-size_min=3&sort=-c-size"
    client.force_login(anna)

    assert walked(client, address) == turned(anna, address)


@pytest.mark.parametrize("question", ["c-size_min=3&sort=-c-size", "c-street=вит&sort=-c-street"])
def test_its_sheet_stands_in_the_same_order(client, office, question):
    client.force_login(User.objects.get(username="admin"))
    question += "&columns=name"

    sheet = b"".join(client.get(f"/counterparties/sheet.csv?{question}").streaming_content).decode("utf-8-sig")

    assert sheet.split("\r\n")[1:-1] == walked(client, f"/counterparties/?{question}")


@pytest.mark.parametrize("sign", ["", "-"])
def test_whoever_is_known_by_his_id_is_sorted_by_his_text_at_once(client, turned, office, monkeypatch, sign):
    question = "/counterparties/?c-street=ул&c-sizes_min=3"
    for person in User.objects.filter(username__in=PEOPLE):
        client.force_login(person)
        order = f"&sort={sign}c-street"
        found, whole = turned(person, question, rows=50), turned(person, f"/counterparties/?{order}")

        assert turned(person, question + order) == [each for each in whole if each in found]
        assert walked_back(client, question + order) == [each for each in whole if each in found]
        assert 2 < len(found) < len(whole)
    first = f"{question}{order}"
    User.objects.update(rows=4)
    assert parted(client, first) is False
    monkeypatch.setattr(Together, "are_named", False)
    assert parted(client, first) is True


def walked_back(client, address):
    """The names on all pages of a list, read from its last page on."""
    answer = client.get(address)
    while address := answer.context["listing"].next_url:
        answer = client.get(address)
    back = names(answer)
    while address := answer.context["listing"].previous_url:
        answer = client.get(address)
        back = names(answer) + back
    return back


def parted(client, address):
    """Whether a page is put together of what is said in several texts."""
    with CaptureQueriesContext(connection) as sent:
        client.get(address)
    return all(any(f"= '{said}'" in each["sql"] for each in sent) for said in ("ул. витоша", "ул. пиротска"))


@pytest.fixture
def listed(rf):
    """The listing of an address, and the statements that were sent for it."""

    def read(address):
        request = rf.get(address)
        request.user = User.objects.get(username="admin")
        request.decision = policy.for_user(request.user)
        with CaptureQueriesContext(connection) as sent:
            listing = register.listed(Question(request.GET, request.decision), request, None)
        return listing, [each["sql"] for each in sent]

    return read


@pytest.mark.parametrize("sign", ["", "-"])
def test_texts_that_many_say_are_stepped_over_as_they_would_be_walked(client, office, monkeypatch, sign):
    client.force_login(User.objects.get(username="admin"))
    for question in QUESTIONS["street"]:
        address = f"/counterparties/?c-street{question}&sort={sign}c-street"
        stepped = walked(client, address)
        with monkeypatch.context() as changed:
            changed.setattr(stepping, "STEPS", 1)
            assert stepped == walked(client, address)


def test_of_texts_that_many_say_those_that_answer_are_read_alone(listed, office):
    page, sent = listed("/counterparties/?c-street=вит&sort=c-street")

    said = Value.objects.filter(characteristic__code="street", counterparty__in=[each.pk for each in page.records])
    assert set(said.values_list("text_key", flat=True)) == {"бул. витоша"}
    assert "'бул. витоша'" in sent[-2]
    assert "'ул. витоша'" in sent[-1]
    assert not any("LIKE" in each for each in sent)


@pytest.mark.parametrize("sign", ["", "-"])
def test_from_the_last_page_the_same_ones_lead_back(client, office, sign):
    client.force_login(User.objects.get(username="admin"))
    pages = [client.get(f"/counterparties/?c-street=вит&sort={sign}c-street")]
    while onward := pages[-1].context["listing"].next_url:
        pages.append(client.get(onward))
    back = [pages[-1]]
    while before := back[0].context["listing"].previous_url:
        back.insert(0, client.get(before))

    assert len(pages) > 2
    assert [names(each) for each in back] == [names(each) for each in pages]


def test_where_another_text_answers_meanwhile_the_next_page_goes_on_from_its_place(client, office):
    client.force_login(User.objects.get(username="admin"))
    address = "/counterparties/?c-street=вит&sort=c-street"
    before = walked(client, address)
    first = client.get(address)
    second = client.get(first.context["listing"].next_url)
    place, back = second.context["listing"].next_url, second.context["listing"].previous_url

    # It stands before all others, and those that were first are said by nobody any more.
    Value.objects.filter(text="бул. Витоша").update(text_key="а витоша", text_sort="а витоша")

    assert walked(client, place) == before[4:]
    assert names(client.get(back)) == before[:2]


def test_texts_of_which_nearly_each_is_another_are_walked(listed, office, monkeypatch):
    monkeypatch.setattr(stepping, "FIRST", 12)

    page, sent = listed("/counterparties/?c-street=вит&sort=c-street")

    assert len(page.records) == 2
    assert not any("RECURSIVE" in each for each in sent)


def test_nobody_is_walked_who_says_something_else(rf, office, django_user_model):
    """What is walked tells what is asked for, so the index of values begins with the first who answers."""
    request = rf.get("/counterparties/?c-size_min=3&sort=c-size")
    question = Question(request.GET, policy.for_user(django_user_model.objects.get(username="admin")))
    order, _descending = question.order
    (run,) = order.runs(False)
    rows, _keys = run.steps

    with CaptureQueriesContext(connection) as sent:
        told = sorted(rows.values_list("number", flat=True))
        list(question.records().filter(run.parts[0]))

    assert told == [3, 3, 4, 5]
    assert sent[-1]["sql"].count("INNER JOIN") == 1
