"""What the register can be asked, and in which order it answers."""

import pytest

from characteristics.domain import values
from counterparties.models import Counterparty
from tests.factories import make_characteristic
from tests.shown import names, notes, panel


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("type=client", ["Alfa", "Bravo", "Delta"]),
        ("type=retail&type=supplier", ["Bravo", "Carol", "Delta"]),
        ("kind=supplier", ["Carol", "Delta"]),
        ("kind=supplier&type=client", ["Delta"]),
        ("status=on-hold", ["Bravo", "Carol"]),
        ("status=on-hold&status=active", ["Alfa", "Bravo", "Carol", "Delta"]),
        ("country=bg&country=RO", ["Alfa", "Bravo", "Carol"]),
        ("country=Bulgaria, romania", ["Alfa", "Bravo", "Carol"]),
        ("created_after=2026-01-02&created_before=2026-01-03", ["Bravo", "Carol"]),
        ("created_after=2.1.2026&created_before=02/01/2026", ["Bravo"]),
        ("q=ALF", ["Alfa"]),
        ("q=alf&status=on-hold", []),
        ("q=%25", []),
    ],
)
def test_it_is_narrowed_by_built_in_facts(ask, admin, firms, question, found):
    shown = ask(admin, question)

    assert names(shown) == found
    assert notes(shown) == []


@pytest.mark.parametrize("question", ["", "&sort=-created", "&sort=created&created_before=2026-01-03", "&count=exact"])
def test_days_that_many_came_on_and_days_that_few_did_answer_alike(ask, admin, firms, monkeypatch, question):
    asked = f"created_after=2026-01-02{question}"
    few = names(ask(admin, asked))
    monkeypatch.setattr("desk.databases.spans.SORTED", 1)

    assert names(ask(admin, asked)) == few != []


def test_every_filter_is_a_chip_with_its_words_and_its_way_out(ask, admin, firms):
    shown = ask(admin, "type=client&status=on-hold&country=RO&created_after=2026-01-02&sort=-code")

    listing = shown.context["listing"]
    assert [chip[:2] for chip in listing.chips] == [
        ("Type", "Client"),
        ("Status", "On hold"),
        ("Country", "Romania"),
        ("Created", "since 2 Jan 2026"),
    ]
    assert "country" not in listing.chips[2][2]
    assert "status=on-hold" in listing.chips[2][2]
    assert listing.clear_url == "/counterparties/?sort=-code"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("c-text=ЕЛКА", ["Little"]),
        ("c-text=0%25", ["Little"]),
        ("c-text=_", []),
        ("c-text=лка 1", ["Little"]),
        ("c-text=%22лка", []),
        ("c-text=лка_1", []),
        ("c-number_min=1,5", ["Little", "Much"]),
        ("c-number_min=2", ["Much"]),
        ("c-number_min=1&c-number_max=999.99", ["Little"]),
        ("c-date_after=2026-03-02", ["Much"]),
        ("c-date_before=2026-03-01", ["Little"]),
        ("c-flag=yes", ["Much"]),
        ("c-flag=no", ["Little"]),
        ("c-grade=b", ["Much"]),
        ("c-grade=a&c-grade=b1", ["Little", "Much"]),
        ("c-grade=a&c-number_max=2&c-flag=no", ["Little"]),
    ],
)
def test_it_is_narrowed_by_every_sort_of_characteristic(ask, admin, facts, question, found):
    shown = ask(admin, question)

    assert names(shown) == found
    assert notes(shown) == []


def test_a_filter_over_many_values_answers_the_same(ask, admin, facts, monkeypatch):
    monkeypatch.setattr("desk.databases.meeting.TRIED", 1)
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    monkeypatch.setattr("desk.databases.glancing.GLANCED_AT", 0)
    for listed, walk in ((0, 0), (0, 10**9), (1000, 10**9)):
        for name, limit in (("LISTED", listed), ("A_WALK", walk)):
            monkeypatch.setattr(f"desk.databases.holding.{name}", limit)

        assert names(ask(admin, "c-number_min=2")) == ["Much"]
        assert names(ask(admin, "c-grade=b&c-flag=yes")) == ["Much"]
        assert names(ask(admin, "c-grade=b&c-flag=no")) == []


@pytest.mark.parametrize("tried", [1, 1000])
def test_a_piece_is_found_in_a_text_as_it_stands_now(ask, admin, facts, monkeypatch, tried):
    monkeypatch.setattr("desk.databases.holding.A_WALK", 0)
    monkeypatch.setattr("desk.databases.holding.TRIED", tried - 1)
    monkeypatch.setattr("desk.databases.meeting.TRIED", tried)
    little, other = Counterparty.objects.get(name="Little"), make_characteristic("other", "text")
    values.save(little, {facts["text"]: "Long " * 40 + '"quoted" 50_%', facts["number"]: None})
    values.save(Counterparty.objects.get(name="Nothing"), {other: "quoted"})

    found = {
        said: names(ask(admin, f"c-text={said}")) for said in ("quoted", '"QUOTED"', "50_%25", "50__", "лка", "oth")
    }

    wanted = {"quoted": ["Little"], '"QUOTED"': ["Little"], "50_%25": ["Little"], "oth": ["Much"]}
    assert found == {"50__": [], "лка": [], **wanted}
    values.save(little, {facts["text"]: None})
    assert names(ask(admin, "c-text=quoted")) == []


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("c-number", ["Little", "Much", "Nothing"]),
        ("-c-number", ["Much", "Little", "Nothing"]),
        ("c-text", ["Little", "Much", "Nothing"]),
        ("-c-text", ["Much", "Little", "Nothing"]),
        ("-c-date", ["Much", "Little", "Nothing"]),
        ("c-flag", ["Little", "Much", "Nothing"]),
        ("-c-grade", ["Much", "Little", "Nothing"]),
    ],
)
def test_sorted_by_a_characteristic_those_without_it_stand_last(ask, admin, facts, sort, found):
    # е comes before o in the alphabet of keys only because Cyrillic stands behind Latin
    found = found if "text" not in sort else [*reversed(found[:2]), found[2]]

    assert names(ask(admin, f"sort={sort}")) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("name", ["Alfa", "Bravo", "Carol", "Delta"]),
        ("-name", ["Delta", "Carol", "Bravo", "Alfa"]),
        ("-code", ["Delta", "Carol", "Bravo", "Alfa"]),
        ("created", ["Alfa", "Bravo", "Carol", "Delta"]),
        ("status", ["Alfa", "Delta", "Bravo", "Carol"]),
        ("-status", ["Bravo", "Carol", "Alfa", "Delta"]),
        ("country", ["Alfa", "Carol", "Bravo", "Delta"]),
        ("-country", ["Bravo", "Alfa", "Carol", "Delta"]),
    ],
)
def test_it_is_sorted_by_built_in_facts(ask, admin, firms, sort, found):
    shown = ask(admin, f"sort={sort}")

    assert names(shown) == found
    assert sum(1 for each in shown.context["listing"].columns if each.sorted) == 1


def test_the_panel_names_the_countries_asked_for(ask, admin, firms):
    page = ask(admin, "country=BG&country=RO&filters=open").content.decode()

    assert 'value="Bulgaria, Romania"' in page


def test_the_one_type_asked_for_stands_in_its_box_without_the_depth_of_the_tree(ask, admin, firms):
    shown = ask(admin, "type=retail&filters=open").content.decode()

    assert '<summary class="form-select">Retail</summary>' in shown


def test_a_yes_or_no_that_was_not_asked_is_any(ask, admin, facts):
    shown = ask(admin, "filters=open")

    (field,) = panel(shown)["Flag"]
    assert field.field.widget.choices == [("", "Any"), ("yes", "Yes"), ("no", "No"), ("none", "Not said")]
