"""The page kit: what a reader meets on every page of the office, whoever builds the page."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib.messages import constants
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from desk.listing import Head
from desk.menu import Entry, Group
from desk.templatetags import desk

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
PAGES = sorted(page.relative_to(TEMPLATES).as_posix() for page in TEMPLATES.rglob("*.html"))
PARTS = [page for page in PAGES if page.startswith("desk/")]
FAILURES = [f"{name}.html" for name in ("400", "403", "403_csrf", "404", "409", "413", "429", "500", "503")]


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Addresses of static files without the names of a collected release."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


class Card(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput)
    types = forms.MultipleChoiceField(
        label="Types", choices=[("client", "Client"), ("bank", "Bank")], widget=forms.CheckboxSelectMultiple
    )
    is_person = forms.ChoiceField(
        label="Kind of person", choices=[("0", "Legal entity"), ("1", "Individual")], widget=forms.RadioSelect
    )
    name = forms.CharField(label="Name", help_text="As it stands in the contract.")
    foreign = forms.BooleanField(label="Foreign", required=False)
    status = forms.ChoiceField(label="Status", choices=[("active", "Active")], required=False)


def sections(form: forms.Form, *names: str) -> list[dict[str, Any]]:
    return [{"id": "who", "title": "Who it is", "hint": "", "fields": [form[name] for name in names]}]


def listing(**facts: Any) -> SimpleNamespace:
    name = Head(key="name", title="Name", css="name", sort_url="?sort=-name", sorted="asc")
    limit = Head(key="c-limit", title="Credit limit", css="num", sort_url="", sorted="")
    usual = {
        "label": "Clients", "columns": [name, limit], "rows_html": mark_safe("<tr><td>Anna</td></tr>"), "chips": [],
        "clear_url": "?", "previous_url": "", "next_url": "?after=x", "page_size": 30, "marks": True,
    }  # fmt: skip
    return SimpleNamespace(**usual | facts)


@pytest.mark.parametrize("page", PAGES)
def test_a_template_can_be_read(page: str) -> None:
    assert get_template(page)


@pytest.mark.parametrize("page", PARTS)
def test_a_part_says_in_its_head_what_it_needs(page: str) -> None:
    head = (TEMPLATES / page).read_text(encoding="utf-8")[:120]

    assert "{% comment %}" in head


@pytest.mark.parametrize("page", PAGES)
def test_no_template_holds_a_script_a_style_or_a_remote_address(page: str) -> None:
    text = (TEMPLATES / page).read_text(encoding="utf-8")

    found = re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|(?:src|href)=\"(?:https?:)?//", text)

    assert found == []


def test_a_field_points_to_its_help_and_to_what_is_wrong() -> None:
    form = Card({"version": "1"})

    page = render_to_string("desk/field.html", {"field": form["name"]})

    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'class="form-control is-invalid"' in page
    assert ">required<" in page


def test_an_optional_field_does_not_say_required() -> None:
    page = render_to_string("desk/field.html", {"field": Card()["status"]})

    assert "required" not in page


def test_a_list_that_is_always_answered_does_not_say_required() -> None:
    class Look(forms.Form):
        theme = forms.ChoiceField(choices=[("light", "Light"), ("dark", "Dark")])
        language = forms.ChoiceField(choices=[("", "—"), ("bg", "Bulgarian")])

    theme, language = (render_to_string("desk/field.html", {"field": field}) for field in Look())

    assert ">required<" not in theme
    assert ">required<" in language


def test_the_word_of_a_field_begins_with_a_capital_wherever_it_comes_from() -> None:
    class Person(forms.Form):
        first_name = forms.CharField(label="first name")

    page = render_to_string("desk/section.html", {"section": sections(Person(), "first_name")[0]})

    assert "<span>First name</span>" in page


@pytest.mark.parametrize(
    ("name", "shape"),
    [("version", "hidden"), ("types", "ticks"), ("is_person", "choice"), ("name", "box"), ("foreign", "tick")],
)
def test_the_widget_decides_how_a_field_is_laid_out(name: str, shape: str) -> None:
    assert desk.shape(Card()[name]) == shape


def test_ticks_stand_in_a_named_group_and_keep_what_was_ticked() -> None:
    form = Card({"types": ["bank"]})

    page = render_to_string("desk/field.html", {"field": form["types"]})

    assert re.findall(r"<legend[^>]*><span>Types</span>", page)
    assert re.findall(r'value="(\w+)"[^>]*checked', page) == ["bank"]
    assert page.count("<label") == page.count("<input") == 2


def test_a_widget_keeps_the_classes_its_form_gave_it() -> None:
    class Short(forms.Form):
        quantity = forms.IntegerField(widget=forms.TextInput(attrs={"class": "w-auto"}))

    assert 'class="w-auto form-control"' in desk.dressed(Short()["quantity"])


def test_a_rejected_form_names_every_field_in_error_and_links_it() -> None:
    form = Card({"version": "1", "name": "Anna", "types": ["client"]})

    page = render_to_string(
        "desk/form.html", {"forms": [form], "sections": sections(form, "name", "types", "is_person")}
    )

    assert "Nothing is saved yet: 1 field needs you." in page
    assert 'href="#id_is_person"' in page
    assert 'id="id_is_person"' in page
    assert 'data-card="refused"' in page


def test_a_form_prints_its_hidden_fields_once() -> None:
    form = Card(initial={"version": "7"})

    page = render_to_string("desk/form.html", {"forms": form, "sections": sections(form, "name")})

    assert re.findall(r'name="version" value="(\w+)"', page) == ["7"]


def test_a_list_says_which_column_sorts_it() -> None:
    page = render_to_string("desk/list.html", {"listing": listing()})

    assert re.findall(r'aria-sort="(\w+)"', page) == ["ascending"]
    assert page.count("<col ") == 3
    assert "<tr><td>Anna</td></tr>" in page
    assert 'rel="next" href="?after=x"' in page
    assert 'rel="prev"' not in page


def test_an_empty_list_offers_the_first_record() -> None:
    page = render_to_string(
        "desk/list.html", {"listing": listing(rows_html=""), "new_url": "/new/", "new_label": "New client"}
    )

    assert "Nothing here yet" in page
    assert '<a class="btn" href="/new/">New client</a>' in page


def test_a_list_emptied_by_its_filters_offers_to_clear_them() -> None:
    chips = [("Status", "Active", "?remove")]

    page = render_to_string("desk/list.html", {"listing": listing(rows_html="", chips=chips, clear_url="?all")})

    assert "Nothing found" in page
    assert '<a class="btn" href="?all">Clear all filters</a>' in page


@pytest.mark.parametrize(
    ("facts", "has_foot", "has_pager"),
    [
        ({"next_url": "?after=x"}, True, True),
        ({"next_url": "", "previous_url": "?before=x"}, True, True),
        ({"next_url": ""}, True, False),
        ({"next_url": "", "rows_html": ""}, False, False),
    ],
)
def test_a_list_has_a_foot_and_pages_only_where_there_are_any(
    facts: dict[str, str], has_foot: bool, has_pager: bool
) -> None:
    page = render_to_string("desk/list.html", {"listing": listing(**facts)})

    assert ('class="foot"' in page, 'class="pager"' in page) == (has_foot, has_pager)


def test_a_chip_can_be_removed_by_a_link_with_a_name() -> None:
    page = render_to_string("desk/chips.html", {"listing": listing(chips=[("Status", "A & B", "?x")])})

    assert 'aria-label="Remove the filter Status: A &amp; B"' in page


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"count": 1, "count_is_capped": False}, "1 found"),
        ({"count": 12480, "count_is_capped": False}, "12,480 found"),
        ({"count": 86, "count_is_capped": False, "total": 10214}, "86 found of 10,214"),
        ({"count": 1000, "count_is_capped": True, "count_url": "?count=1"}, "1,000+ found"),
    ],
)
def test_the_number_found_is_said_as_far_as_it_is_known(facts: dict[str, Any], words: str) -> None:
    page = render_to_string("desk/count.html", {"listing": listing(**facts)})

    assert words in page
    assert ("?count=1" in page) == facts["count_is_capped"]


def test_a_phone_sorts_by_a_menu_for_its_list_has_no_head() -> None:
    page = render_to_string("desk/sorting.html", {"listing": listing()})

    assert re.findall(r'<a href="\?sort=-name" aria-current="true">Name', page)
    assert "Credit limit" not in page


def test_a_confirmation_repeats_what_was_sent() -> None:
    sent = [("name", 'A "quoted" name'), ("version", 1234)]

    page = in_the_office("desk/confirm.html", title="Archive Anna", question="Archive?", sent=sent, cancel_url="/back/")

    assert 'name="name" value="A &quot;quoted&quot; name"' in page
    assert 'name="version" value="1234"' in page
    assert 'name="confirmed" value="1"' in page
    assert "<title>Archive Anna · " in page


def test_a_conflict_shows_both_versions_and_loses_neither() -> None:
    rows = [{"label": "Phone", "was": "1", "theirs": "2", "mine": "3", "is_clash": True}]

    page = in_the_office(
        "desk/conflict.html", name="Danube", who="Boris", rows=rows, sent=[("phone", "3"), ("version", "8")], url="/1/"
    )

    cells = re.findall(r"<td data-label=[^>]*>(\w+)</td>", page)
    assert cells == ["1", "2", "3"]
    assert 'name="phone" value="3"' in page
    assert 'name="version" value="8"' in page


def test_the_bars_of_a_chart_are_drawn_in_every_language() -> None:
    bars = [{"label": "Active", "count": 7, "share": 70.5}]

    with translation.override("bg"):
        page = render_to_string("desk/bars.html", {"bars": bars})

    assert 'width="70.5"' in page


@pytest.mark.parametrize("page", FAILURES)
def test_a_failure_page_needs_nothing_and_says_what_to_do(page: str) -> None:
    text = get_template(page).render({})

    assert re.search(r"<h1>\S.+</h1>", text)
    assert '<a class="btn btn-primary" href=' in text
    assert "<form" not in text


def test_a_failure_tells_the_number_found_in_the_log() -> None:
    assert "7f3a-22c1" in get_template("500.html").render({"error_id": "7f3a-22c1"})


def test_a_missing_right_is_named_with_the_roles_that_have_it() -> None:
    text = get_template("403.html").render({"right": "Archive", "roles": ["Sales", "Directors"]})

    assert "You would need the right “Archive”." in text
    assert re.findall(r"<li>(\w+)</li>", text) == ["Sales", "Directors"]


@pytest.mark.parametrize(("theme", "asks_the_system"), [("auto", True), ("light", False), ("dark", False)])
def test_the_theme_is_the_readers_choice(theme: str, asks_the_system: bool) -> None:
    page = in_the_office("base.html", theme=theme)

    assert f'data-bs-theme="{theme}"' in page
    assert ("prefers-color-scheme" in page) == asks_the_system


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
def test_a_page_says_its_language(language: str) -> None:
    with translation.override(language):
        page = in_the_office("base.html")

    assert f'<html lang="{language}" dir="ltr"' in page


def test_the_menu_marks_where_the_reader_is_and_counts() -> None:
    entries = [Entry("Home", "/"), Entry("Clients & friends", "/clients/", 10214, is_current=True)]

    page = in_the_office("base.html", menu=[Group("Counterparties", entries)])

    assert "<h2>Counterparties</h2>" in page
    assert '<a href="/">Home</a>' in page
    assert '<a href="/clients/" aria-current="page">Clients &amp; friends<span>10,214</span></a>' in page


def test_a_message_stays_on_the_page_until_it_is_closed() -> None:
    told = SimpleNamespace(level=constants.SUCCESS, level_tag="success", __str__=lambda: "Saved.")

    page = render_to_string("desk/messages.html", {"messages": [told]})

    assert 'role="status"' in page
    assert 'class="notice good"' in page
    assert "data-close-message hidden" in page


def test_who_is_not_logged_in_chooses_a_language_and_is_offered_the_door() -> None:
    page = in_the_office("base.html")

    assert re.findall(r'name="language" value="(\w+)"', page) == ["en", "bg", "ru"]
    assert 'href="/login/"' in page


@pytest.mark.parametrize(
    ("full_name", "login", "letters"),
    [("Anna Dimitrova", "anna", "AD"), ("", "boris", "BO"), ("АО «Рябина»", "client-1", "АР"), ("«»", "x", "«»")],
)
def test_a_person_has_two_letters(full_name: str, login: str, letters: str) -> None:
    person = SimpleNamespace(get_full_name=lambda: full_name, get_username=lambda: login)

    assert desk.initials(person) == letters


def in_the_office(page: str, **context: Any) -> str:
    """A page as the shell shows it to somebody who is not logged in."""
    request = RequestFactory().get("/somewhere/")
    nobody = SimpleNamespace(is_authenticated=False, is_superuser=False)
    usual = {"request": request, "user": nobody, "menu": [], "theme": "auto", "office_name": "Desk", "csrf_token": "t"}
    return get_template(page).template.render(Context(usual | context))
