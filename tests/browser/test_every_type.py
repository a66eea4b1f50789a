"""Answers of every registered type: said on the card, found, sorted, taken along, brought back, changed."""

import io
import re
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from characteristics.domain import values
from characteristics.models import Element
from characteristics.registry import types
from counterparties.domain import targets
from counterparties.models import Counterparty, CounterpartyType
from files.domain.intake import take
from rights.domain.granting import copy_rights
from tests.browser.answers import ANSWERS
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from tests.files.makes import picture
from trail.domain.operations import operation

names = ".rows tbody .name a"


@pytest.fixture
def asked(transactional_db, anna, settings, tmp_path, monkeypatch):
    """Shops are asked for one characteristic of each type, one of them for several values."""
    settings.MEDIA_ROOT, settings.VAR = str(tmp_path / "media"), tmp_path / "var"
    # An office of more counterparties than a select offers: one types, and the box suggests.
    monkeypatch.setattr(targets, "MOST_AT_ONCE", 0)
    client = CounterpartyType.objects.get(code="client")
    shop = make_type("shop", client)
    copy_rights(client, shop)
    home = make_nomenclature("home", "alpha", "beta", "gamma")
    with operation("command", by=anna):
        Element.objects.filter(code="beta").update(picture=take(picture("beta.png")))
        facts = {each.code: characteristic(each, shop, home) for each in types}
        rivals(facts, shop)
    return SimpleNamespace(shop=shop, facts=facts)


def characteristic(type_, shop, home):
    return make_characteristic(
        f"fact-{type_.position}",
        type_.code,
        shop,
        name=f"Fact {type_.position}",
        name_bg=f"Факт {type_.position}",
        definition=f"What fact {type_.position} means",
        unit="kg" if "unit" in type_.takes else "",
        nomenclature=home if type_.needs_nomenclature else None,
        is_multiple=type_.code == "nomenclature",
        position=type_.position,
    )


def rivals(facts, shop):
    """Two more: one that says less, and one that says nothing."""
    rival, silent = (make_counterparty(name, [shop], code=name.upper()) for name in ("Rival", "Silent"))
    abroad = make_counterparty("Abroad", code="ABROAD")
    less = {facts[code]: each.less for code, each in ANSWERS.items() if each.less is not None}
    for fact, said in less.items():
        if fact.nomenclature and isinstance(said, str):
            less[fact] = fact.nomenclature.elements.get(code=said)
    less[facts["counterparty"]] = abroad
    values.save(rival, less)
    return rival, silent


def test_every_type_stands_among_the_answers():
    assert {each.code for each in types} == ANSWERS.keys()


@pytest.mark.story
def test_answers_of_every_type_are_said_found_sorted_taken_along_brought_back_and_changed(
    open_window, enter, asked, anna, tmp_path
):
    plain = enter(open_window(javascript=False), anna)
    without_scripts_the_fields_are_shown_by_a_button(plain, asked)
    page = enter(open_window(), anna)

    a_card_is_filled_in(page, asked)
    the_dossier_tells_it(page, asked)
    made = Counterparty.objects.get(name="Златна рибка")
    address = page.url
    columns_are_chosen(page, asked)
    each_filter_finds_it(page, asked)
    each_column_sorts(page, asked)
    for language in ("en", "bg"):
        the_sheet_comes_back_the_same(page, anna, language, tmp_path)
    anna.language = "en"
    anna.save()
    answers_are_changed(plain, made, asked)
    page.goto(address)
    the_history_tells_it(page, asked)


def without_scripts_the_fields_are_shown_by_a_button(page, asked):
    page.goto("/counterparties/new/?type=client")
    page.locator("#main [name=name]").fill("typed before the types")
    page.locator("[name=types][value=shop]").check()
    page.locator("[name=show_fields]").click()
    for fact in asked.facts.values():
        expect(page.locator(f"[name='{fact.field_name}']").first).to_be_attached()
    expect(page.locator("#main [name=name]")).to_have_value("typed before the types")


def a_card_is_filled_in(page, asked):
    page.goto("/clients/")
    page.get_by_role("link", name="New client").click()
    page.locator("#main [name=name]").fill("Златна рибка")
    page.locator("[name=types][value=shop]").check()
    card = page.locator("#main")
    expect(card.locator("[name='c-fact-10']")).to_be_visible()
    expect(card.locator("[name=types][value=client]")).not_to_be_checked()
    for code, fact in asked.facts.items():
        ANSWERS[code].say(card, fact.field_name)
        expect(card).to_contain_text(fact.definition)
    # Where several values may stand, a filled box is followed by an empty one.
    expect(card.locator(f"[name='{asked.facts['nomenclature'].field_name}']")).to_have_count(2)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("is added under the code")


def the_dossier_tells_it(page, asked):
    for code, fact in asked.facts.items():
        told = page.locator(".pairs > div", has=page.get_by_text(fact.name, exact=True))
        assert_told(told.locator("dd"), ANSWERS[code].seen)
        told.locator("dt summary").click()
        expect(told.get_by_text(fact.definition)).to_be_visible()


def assert_told(place, words):
    """In words, or as a picture of that name that can be seen."""
    shown = place.get_by_role("img", name=words, exact=True)
    if shown.count():
        # Pictures out of sight are not fetched.
        shown.scroll_into_view_if_needed()
        assert shown.evaluate("picture => picture.decode().then(() => picture.naturalWidth > 0)")
    else:
        expect(place).to_contain_text(words)


def columns_are_chosen(page, asked):
    page.goto("/clients/")
    page.locator("summary", has_text="Columns").click()
    chooser = page.locator("form.choose-columns")
    for tick in chooser.locator("[name=columns]").all():
        tick.check()
    chooser.get_by_role("button", name="Show and remember").click()
    row = page.locator(".rows tbody tr", has_text="Златна рибка")
    heads = [head.inner_text() for head in page.locator(".rows thead th").all()]
    for code, fact in asked.facts.items():
        place = next(number for number, head in enumerate(heads) if head.startswith(fact.name))
        assert_told(row.locator("td").nth(place), ANSWERS[code].seen.removesuffix(" kg"))


def each_filter_finds_it(page, asked):
    for code, fact in asked.facts.items():
        page.goto("/clients/?filters=open")
        ANSWERS[code].ask(page.locator(".filters"), fact.field_name)
        page.locator(".filters").get_by_role("button", name="Show").click()
        expect(page.locator(".chip")).to_contain_text(ANSWERS[code].chip)
        expect(page.locator(names)).to_have_text(["Златна рибка"])


def each_column_sorts(page, asked):
    page.goto("/clients/")
    for code, fact in asked.facts.items():
        first = ["Златна рибка"] if ANSWERS[code].less is None else ["Rival", "Златна рибка"]
        page.locator(".rows thead").get_by_role("link", name=re.compile(rf"{fact.name}\b")).click()
        expect(page.locator("th[aria-sort]")).to_contain_text(fact.name)
        found = page.locator(names).all_inner_texts()
        assert found[: len(first)] == first, code


def the_sheet_comes_back_the_same(page, anna, language, tmp_path):
    """Taken along and taken in by the same person, in this language."""
    anna.language = language
    anna.save()
    page.goto("/clients/")
    with page.expect_download() as coming:
        page.get_by_role("link", name="XLSX").first.click()
    sheet, told, log = tmp_path / f"{language}.xlsx", io.StringIO(), io.StringIO()
    sheet.write_bytes(coming.value.path().read_bytes())
    call_command("import_counterparties", str(sheet), "--as", anna.username, stdout=told, stderr=log)
    assert told.getvalue().split("\n")[0] == "created=0 updated=0 same=4 refused=0", log.getvalue()


def answers_are_changed(page, made, asked):
    page.goto(f"/counterparties/{made.pk}/edit/")
    for code, fact in asked.facts.items():
        ANSWERS[code].change(page.locator("#main"), fact.field_name)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("is saved")


def the_history_tells_it(page, asked):
    page.get_by_role("link", name="History", exact=True).click()
    newest = page.locator("ol.line > li").first
    newest.locator("summary").click()
    for code, fact in asked.facts.items():
        line = newest.locator(".what", has=page.get_by_text(fact.name, exact=True))
        if not fact.is_multiple:
            assert_told(line.locator("del"), ANSWERS[code].seen.removesuffix(" kg"))
        assert_told(line.locator("ins"), ANSWERS[code].became)
