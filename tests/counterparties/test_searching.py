"""Free search finds people by whatever somebody remembers of them; both databases give the same answers."""

import pytest
from django.db import connection

from counterparties.domain.searching import in_each, put_names_in_order, question, search
from counterparties.models import Counterparty
from desk import databases
from desk.databases import Hits, Sought, number_led, number_met
from desk.pages.keyset import Run, places
from tests.factories import make_counterparty


def found(said):
    return [each.code for each in search(Counterparty.objects.order_by("code"), said)]


@pytest.fixture
def people(office):
    make_counterparty(
        "ПФК „Черноморец“ ЕООД",
        code="BRK.B",
        alias="Sharks",
        registration_number="121212121",
        country="BG",
        email="Office@Chernomorets.example",
        phone="+359 88 812 3456",
        website="https://www.sharks.example",
    )
    make_counterparty(
        "Ромашка",
        code="2026 001",
        registration_number="7707083893",
        phone="056 84-14-14",
        vat_number="BG121212121",
    )
    make_counterparty("100% Жълта ёлка_1", code="C10412", mobile="0899 123 457", comment="Черноморец")
    make_counterparty("Ü & Söhne GmbH", code="D4", email="a_b@x.example")


@pytest.mark.parametrize(
    "said",
    [
        "Черноморец",
        "ЧЕРНОМОРЕЦ",
        "черномор",
        "номорец",
        "chernomorets",
        "CHERNOMORETS",
        "„Черноморец“",
        "еоод черноморец",
        "brk.b",
        "BRK",
        "sharks",
        "office@chernomorets.example",
        "chernomorets.example",
        "+359 88 812 3456",
        "+359888123456",
        "00359888123456",
        "00359 88 812 34 56",
        "0888123456",
        "088 812 3456",
        "088/812-34-56",
        "(088) 812 3456",
        "8123456",
        "812 3456",
        "+359 88",
        "+35988",
        "www.sharks",
    ],
)
def test_a_name_a_number_a_phone_or_an_address_finds_its_owner(people, said):
    assert "BRK.B" in found(said)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("121212121", ["2026 001", "BRK.B"]),
        ("1212121", ["2026 001", "BRK.B"]),
        ("121 212 121", ["2026 001", "BRK.B"]),
        ("BG121212121", ["2026 001"]),
        ("bg 121212121", ["2026 001"]),
        ("2026 001", ["2026 001"]),
        ("2026-001", ["2026 001"]),
        ("056841414", ["2026 001"]),
        ("+35956841414", ["2026 001"]),
        ("7707083893", ["2026 001"]),
        ("елка", ["C10412"]),
        ("Елка_1", ["C10412"]),
        ("zhalta", ["C10412"]),
        ("100%", ["C10412"]),
        ("+359 899 123 457", ["C10412"]),
        ("10412", ["C10412"]),
        ("u sohne", ["D4"]),
        ("sö", ["D4"]),
        ("a_b", ["D4"]),
        ("&", ["D4"]),
        ("acb", []),
        ("%", []),
        ("*", []),
        ("\\", []),
        ('"', []),
        ("'; DROP TABLE", []),
        ("NEAR(a b, 5)", []),
        ("search : x", []),
        ("  ", ["2026 001", "BRK.B", "C10412", "D4"]),
        ("\x00", ["2026 001", "BRK.B", "C10412", "D4"]),
    ],
)
def test_a_question_finds_exactly_who_is_meant(people, said, codes):
    assert found(said) == codes


def test_every_word_must_be_found(people):
    assert found("chernomorets sharks") == ["BRK.B"]
    assert found("chernomorets romashka") == []


@pytest.mark.parametrize("said", ["chernomorets", "0888123456", "елка", "bg 1212", "100%"])
def test_many_hits_are_answered_like_few(people, said, monkeypatch):
    few = found(said)
    monkeypatch.setattr("counterparties.domain.searching.LISTED", 0)
    listed = found(said)
    monkeypatch.setattr("desk.databases.hits.FEW", 0)

    assert found(said) == listed == few != []


#: Of a long number the end is looked for, and of a host its parts; the whole must stand there.
LED = {
    "200004711": ["Whole"],
    "BG200004711": ["Whole"],
    "900004711": ["Like it"],
    "office@black-sea.example": ["Whole"],
    "black-sea.example": ["Like it", "Whole"],
    "k-sea": ["Apart", "Like it", "Whole"],
}


@pytest.mark.parametrize("limits", [{}, {"searching.LISTED": 0}, {"searching.LISTED": 0, "hits.FEW": 0}])
def test_a_part_that_leads_to_others_as_well_finds_no_others(office, monkeypatch, limits):
    make_counterparty(
        "Whole", registration_number="200004711", vat_number="BG200004711", email="office@black-sea.example"
    )
    make_counterparty("Like it", registration_number="900004711", email="box@black-sea.example", alias="office")
    make_counterparty("Apart", alias="sea black office example 4711 black-seal")
    if connection.vendor == "sqlite":
        put_names_in_order()
    for name, limit in limits.items():
        app = "counterparties.domain" if name.startswith("searching") else "desk.databases"
        monkeypatch.setattr(f"{app}.{name}", limit)

    for said, names in LED.items():
        records = search(Counterparty.objects.all(), said)
        pages = [places(records, [Run(("name_key", "pk"), descending=each)], 9, fields=("name",)) for each in (0, 1)]

        assert [[record.name for _place, record in page] for page in pages] == [names, names[::-1]], said
        assert number_met(records, 9) == (len(names), False), said


def test_few_records_are_looked_into_and_answer_the_same(people):
    for said in ("chernomorets sharks", "0888123456", "b", "елка ж", "000695406"):
        each = Counterparty.objects.filter(in_each(question(said))).order_by("code")

        assert [one.code for one in each] == found(said)


def test_hits_are_counted_as_far_as_is_asked(people):
    those = Hits(Counterparty, question("00").readings)

    assert len(those.ids(9)) == those.up_to(9) == Counterparty.objects.filter(search__contains=" 00").count()
    assert those.ids(1) == those.ids(9)[:1]
    assert number_led(Counterparty.objects.filter(Sought(those)), 9) == those.up_to(9)


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_page_of_many_hits_stands_in_the_order_of_the_list_and_is_counted(people, monkeypatch, sign):
    make_counterparty("Sharks Bay")
    make_counterparty("Акула", alias="Blue sharks")
    monkeypatch.setattr("counterparties.domain.searching.LISTED", 0)
    run = Run(("name_key", "pk"), descending=bool(sign))
    hits = search(Counterparty.objects.filter(archived_at=None), "sharks")
    in_order = list(Counterparty.objects.filter(search__contains="sharks").order_by(f"{sign}name_key", f"{sign}pk"))

    page = places(hits, [run], 2, fields=("code",))
    behind = places(hits, [run], 2, start=page[0][0])

    assert [record.code for _place, record in page] == [each.code for each in in_order[:2]]
    assert [place[-1] for place, _record in behind] == [each.pk for each in in_order[1:3]]
    assert number_met(hits, 9) == (len(in_order), False) == (3, False)
    assert number_met(hits, 2) == (2, True)
    assert number_met(hits.filter(code="BRK.B"), 9) == (1, False)


def test_what_is_changed_is_found_under_its_new_name_only(people):
    record = Counterparty.objects.get(code="D4")
    record.name = "Нова фирма"
    record.save()

    assert found("nova firma") == ["D4"]
    assert found("sohne") == []


def test_a_phone_is_read_as_one_number_and_a_sentence_as_words():
    assert question("0888 123 456").readings == ("888123456",)
    assert question("склад 24").readings == ("склад 24",)
    assert question("000695406").readings == ("695406",)
    assert question("0695-406").readings == ("0695-406", "695406")
    assert question("007").readings == ("007", "7")
    assert question("12 34").readings == ("12 34",)


def test_a_question_is_read_as_far_as_it_is_sensible(people):
    assert found("x" * 100_000) == []
    assert len(question("x" * 100_000).readings[0]) == 200


def test_triggers_that_search_stands_on_are_there(people):
    assert databases.search_triggers_missing(Counterparty) == []
