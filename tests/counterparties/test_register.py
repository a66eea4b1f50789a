"""The register: what it shows, what it can be asked, how it answers nonsense."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from characteristics.domain import values
from characteristics.models import Element
from counterparties.models import Client, Contract, Counterparty, Project, Status
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from tests.shown import links, names, notes

# ---- what it shows


def test_it_lists_current_counterparties_by_name_with_one_link_each(ask, admin):
    second, first = make_counterparty("Beta"), make_counterparty("alpha & co")
    make_counterparty("Gone", archived_at=timezone.now())

    shown = ask(admin)

    assert shown.status_code == 200
    assert links(shown) == [
        (f"/counterparties/{first.pk}/", "alpha &amp; co"),
        (f"/counterparties/{second.pk}/", "Beta"),
    ]
    assert shown.content.decode().count("<table") == 1


def test_archived_ones_are_shown_when_asked_for_and_marked(ask, admin):
    make_counterparty("Current")
    make_counterparty("Gone", archived_at=timezone.now())

    assert names(ask(admin, "archived=yes")) == ["Gone"]
    both = ask(admin, "archived=all")
    assert names(both) == ["Current", "Gone"]
    assert both.content.decode().count('<tr class="gone">') == 1


def test_a_characteristic_marked_for_the_list_is_a_column_before_the_day_of_creation(ask, admin, client_type):
    limit = make_characteristic("limit", "number", client_type, in_list=True, unit="EUR", name="Credit limit")
    values.save(make_counterparty("Danube"), {limit: Decimal("1234.5")})

    shown = ask(admin)

    assert [each.title for each in shown.context["listing"].columns][-2:] == ["Credit limit, EUR", "Created"]
    assert 'data-label="Credit limit, EUR"><span>1,234.5</span></td>' in shown.content.decode()


def test_chosen_columns_stand_in_their_chosen_order_and_the_name_is_always_there(ask, admin):
    make_counterparty("Danube", email="a@danube.example")

    shown = ask(admin, "columns=email&columns=code")

    assert [each.key for each in shown.context["listing"].columns] == ["name", "email", "code"]


def test_what_an_office_writes_is_shown_as_text(ask, admin, client_type):
    note = make_characteristic("note", "text", client_type, in_list=True, name="<b>Note</b>")
    record = make_counterparty("<script>alert(1)</script>", email="'><img@x.example")
    values.save(record, {note: "<img src=x onerror=alert(1)>"})

    page = ask(admin).content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>Note" not in page


def test_rows_a_page_are_a_persons_preference(ask, admin):
    for _each in range(4):
        make_counterparty()
    User.objects.filter(pk=admin.pk).update(rows=3)

    assert len(names(ask(admin))) == 3


def test_a_new_sort_of_characteristic_appears_in_list_filter_and_order_by_itself(ask, admin, client_type, rating):
    stars = make_characteristic("stars", rating.code, client_type, in_list=True)
    for number in (2, 5, 3):
        values.save(make_counterparty(f"Star {number}"), {stars: Decimal(number)})
    make_counterparty("Unrated")

    shown = ask(admin, "sort=-c-stars&c-stars_least=3&filters=open")

    assert names(shown) == ["Star 5", "Star 3"]
    assert "<span>★★★★★</span>" in shown.content.decode()
    assert ("Stars", "3 stars and more") in [chip[:2] for chip in shown.context["listing"].chips]
    assert 'name="c-stars_least"' in shown.content.decode()


# ---- what it can be asked


@pytest.fixture
def firms(client_type, supplier_type):
    """Four firms that differ in everything the register can be asked for."""
    retail = make_type("retail", client_type)
    on_hold = Status.objects.get(code="on-hold")
    made = {
        "Alfa": make_counterparty("Alfa", [client_type], country="BG"),
        "Bravo": make_counterparty("Bravo", [retail], country="RO", status=on_hold),
        "Carol": make_counterparty("Carol", [supplier_type], country="BG", status=on_hold),
        "Delta": make_counterparty("Delta", [client_type, supplier_type], country=""),
    }
    days = {"Alfa": 1, "Bravo": 2, "Carol": 3, "Delta": 4}
    for name, record in made.items():
        moment = timezone.make_aware(datetime(2026, 1, days[name], 23, 30))
        Counterparty.objects.filter(pk=record.pk).update(created_at=moment)
    return made


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


@pytest.fixture
def facts(client_type):
    """One characteristic of each sort, and three clients: with a little, with much, with nothing."""
    made = {
        "text": make_characteristic("text", "text", client_type),
        "number": make_characteristic("number", "number", client_type),
        "date": make_characteristic("date", "date", client_type),
        "flag": make_characteristic("flag", "checkbox", client_type),
        "grade": make_characteristic(
            "grade", "nomenclature", client_type, nomenclature=make_nomenclature("grades", "a", "b")
        ),
    }
    a, b = Element.objects.get(code="a"), Element.objects.get(code="b")
    Element.objects.create(nomenclature=a.nomenclature, code="b1", name="B one", parent=b, position=3)
    b1 = Element.objects.get(code="b1")
    little = {"text": "Ёлка 100%", "number": Decimal("1.5"), "date": date(2026, 3, 1), "flag": False, "grade": a}
    much = {"text": "other", "number": Decimal("1000"), "date": date(2026, 4, 1), "flag": True, "grade": b1}
    values.save(make_counterparty("Little"), {made[key]: value for key, value in little.items()})
    values.save(make_counterparty("Much"), {made[key]: value for key, value in much.items()})
    make_counterparty("Nothing")
    return made


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
    for listed, walk in ((0, 0), (0, 10**9), (1000, 10**9)):
        for name, limit in (("LISTED", listed), ("A_WALK", walk)):
            monkeypatch.setattr(f"desk.databases.holding.{name}", limit)

        assert names(ask(admin, "c-number_min=2")) == ["Much"]
        assert names(ask(admin, "c-grade=b&c-flag=yes")) == ["Much"]
        assert names(ask(admin, "c-grade=b&c-flag=no")) == []


@pytest.mark.parametrize("tried", [1, 1000])
def test_a_piece_is_found_in_a_text_as_it_stands_now(ask, admin, facts, monkeypatch, tried):
    monkeypatch.setattr("desk.databases.holding.A_WALK", 0)
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


# ---- the lists of kinds


def test_a_kind_has_its_own_list_with_its_own_columns(ask, admin, firms):
    clients, suppliers = ask(admin, path="/clients/"), ask(admin, path="/suppliers/")

    assert names(clients) == ["Alfa", "Bravo", "Delta"]
    assert [each.key for each in clients.context["listing"].columns] == ["name", "email", "status", "created"]
    assert names(suppliers) == ["Carol", "Delta"]
    assert "<h1>Clients</h1>" in clients.content.decode()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("category=retail", ["Alfa"]),
        ("category=retail&category=wholesale", ["Alfa", "Bravo"]),
        ("category=retail&subcategory=shops", ["Alfa"]),
        ("subcategory=chains", ["Bravo"]),
        ("contract_type=sale", ["Bravo"]),
        ("contract_type=rent", []),
    ],
)
def test_clients_are_narrowed_by_category_and_contract(ask, admin, firms, question, found):
    retail, shops, chains, wholesale = (
        Element.objects.get(code=code) for code in ("retail", "shops", "chains", "wholesale")
    )
    Client(counterparty=firms["Alfa"], category=retail, subcategory=shops).save()
    Client(counterparty=firms["Bravo"], category=wholesale, subcategory=chains).save()
    sale = Element.objects.get(code="sale")
    Contract(counterparty=firms["Bravo"], number="1", contract_type=sale).save()

    shown = ask(admin, question, "/clients/")

    assert names(shown) == found
    assert notes(shown) == []


def test_a_subcategory_is_offered_under_its_category(ask, admin, firms):
    shown = ask(admin, "category=retail&subcategory=chains", "/clients/")

    assert notes(shown) == ["Subcategory: there is no “chains”, so that was left out."]


def test_clients_are_narrowed_by_project(ask, admin, firms):
    project = Project(counterparty=firms["Alfa"], name="Roof")
    project.save()

    shown = ask(admin, f"project={project.pk}", "/clients/")

    assert names(shown) == ["Alfa"]
    assert shown.context["listing"].chips[0][:2] == ("Project", "Roof")
    assert names(ask(admin, f"project={10**30}", "/clients/")) == ["Alfa", "Bravo", "Delta"]


def panel(shown):
    """The fields of every filter by its label."""
    return {label: fields for section in shown.context["filter_sections"] for label, fields in section.groups}


def test_an_office_of_many_projects_is_offered_those_that_hold_the_words_typed(ask, admin, firms, monkeypatch):
    monkeypatch.setattr("counterparties.pages.client_filters.MOST_TICKS", 3)
    monkeypatch.setattr("desk.pages.filters.MOST_TICKS", 3)
    for name in ("Cellar", "Garden", "Ограда", "Roof", "Yard"):
        Project(counterparty=firms["Bravo"], name=name).save()
    roof, fence = Project.objects.get(name="Roof"), Project.objects.get(name="Ограда")

    def offered(question):
        shown = ask(admin, f"filters=open&{question}", "/clients/")
        (field,) = panel(shown)["Project"]
        return [label for _code, label in field.field.options]

    assert offered("") == ["Cellar", "Garden", "Roof", "Yard"]
    assert offered("project=oo") == ["Roof"]
    assert offered("project=огра") == ["Ограда"]
    assert offered(f"project={fence.pk}") == ["Ограда", "Cellar", "Garden", "Roof", "Yard"]
    shown = ask(admin, f"project={roof.pk},{fence.pk}&filters=open", "/clients/")
    assert names(shown) == ["Bravo"]
    assert f'value="{roof.pk}, {fence.pk}"' in shown.content.decode()


def test_a_project_may_be_asked_for_by_its_whole_name(ask, admin, firms):
    Project(counterparty=firms["Alfa"], name="Roof").save()

    assert names(ask(admin, "project=roof", "/clients/")) == ["Alfa"]


def test_the_panel_names_the_countries_asked_for(ask, admin, firms):
    page = ask(admin, "country=BG&country=RO&filters=open").content.decode()

    assert 'value="Bulgaria, Romania"' in page


def test_a_yes_or_no_that_was_not_asked_is_any(ask, admin, facts):
    shown = ask(admin, "filters=open")

    (field,) = panel(shown)["Flag"]
    assert field.field.widget.choices == [("", "Any"), ("yes", "Yes"), ("no", "No"), ("none", "Not said")]


@pytest.mark.parametrize("path", ["/counterparties/", "/clients/", "/banks/", "/holdings/"])
def test_the_filters_open_on_every_list(ask, admin, firms, facts, path):
    shown = ask(admin, "filters=open&status=active", path)

    assert shown.status_code == 200
    assert 'name="status"' in shown.content.decode()
    assert 'name="q"' in shown.content.decode()


# ---- nonsense


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("colour=red", "This list cannot be asked for colour, so that was left out."),
        ("c-nothing_min=3", "This list cannot be asked for c-nothing_min, so that was left out."),
        ("c-number=3", "This list cannot be asked for c-number, so that was left out."),
        ("status=nonsense", "Status: there is no “nonsense”, so that was left out."),
        ("type=nonsense", "Type: there is no “nonsense”, so that was left out."),
        ("country=XX", "Country: there is no “XX”, so that was left out."),
        ("kind=alien", "Kind: there is no “alien”, so that was left out."),
        ("archived=maybe", "Archived: “maybe” is neither no, yes nor all."),
        ("c-grade=zzz", "Grade: “Grades” has no element “zzz”."),
        ("sort=nonsense", "The list cannot be sorted by “nonsense”, so it is sorted by name."),
        ("sort=phone", "The list cannot be sorted by “phone”, so it is sorted by name."),
        ("sort=-email", "The list cannot be sorted by “-email”, so it is sorted by name."),
        ("columns=nonsense", "There is no column “nonsense”, so that was left out."),
    ],
)
def test_what_is_not_understood_is_told_and_left_out(ask, admin, facts, question, told):
    shown = ask(admin, question)

    assert shown.status_code == 200
    assert names(shown) == ["Little", "Much", "Nothing"]
    assert notes(shown) == [told]


@pytest.mark.parametrize("name", ["created_after", "created_before", "c-number_min", "c-date_after", "c-flag"])
@pytest.mark.parametrize("value", ["abc", "1" + "0" * 30, "NaN", "99999-01-01", "31.02.2026", "a\x00b", "٣"])
def test_a_malformed_value_is_told_and_left_out(ask, admin, facts, name, value):
    shown = ask(admin, {name: value})

    assert shown.status_code == 200
    assert len(notes(shown)) == 1
    assert names(shown) == ["Little", "Much", "Nothing"]


@pytest.mark.parametrize(
    "question",
    [
        {"q": "a\x00b"},
        {"q": "x" * 100_000},
        {"q": "'"},
        {"q": '" OR "'},
        {"q": "*"},
        {"q": "\\"},
        {"q": "NEAR(a b)"},
        {"q": "}}{{7*7}}"},
        {"q": "𝕏 🤷‍♀️ " + "́" * 1000},
        {"after": "\x00", "before": "zzz"},
        {"created_after": "0001-01-01", "created_before": "9999-12-31"},
        {"created_after": "9999-12-31"},
        {"sort": "-" * 50},
        {"columns": "\x00"},
        {"type": ["client"] * 300},
        {f"filter-{number}": "x" for number in range(200)},
        {f"c-number_{number}": "x" for number in range(200)},
    ],
)
def test_nothing_anybody_asks_breaks_the_page(ask, admin, facts, question):
    assert ask(admin, question).status_code == 200


def test_broken_utf_8_does_not_break_the_page(client, admin):
    client.force_login(admin)

    assert client.get("/counterparties/?q=%ff%fe&status=%c3%28&%80=1").status_code == 200


# ---- empty states


def test_an_office_without_counterparties_is_invited_to_add_one(ask, anna):
    page = ask(anna, path="/clients/").content.decode()

    assert "No counterparties yet" in page
    assert 'href="/counterparties/new/?type=client"' in page


def test_a_question_without_an_answer_offers_to_clear_it(ask, admin, firms):
    page = ask(admin, "q=zzzzz").content.decode()

    assert "Nothing found" in page
    assert "Clear all filters" in page


def test_whoever_sees_no_type_is_told_whom_to_ask(ask, vera, firms):
    page = ask(vera).content.decode()

    assert "You see no counterparties yet" in page
    assert "<table" not in page
