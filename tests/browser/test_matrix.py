"""The matrix of rights in a browser: what belongs together moves together; without scripts the page means the same."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from rights.models import Grant

SUPPLIERS = "/settings/types/supplier/rights/"


@pytest.fixture
def sales(office):
    return Group.objects.get(name="Sales")


def box(page, name):
    return page.locator(f"#matrix input[name='{name}']")


def confirm(page):
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("#ask")).to_contain_text("Nothing is saved yet.")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status").first).to_contain_text("it holds from the next click of everybody")


def held(role, code="supplier"):
    return set(Grant.objects.filter(role=role, type__code=code).values_list("right", flat=True))


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_right_and_a_whole_column_are_given(open_window, enter, furnished, ivo, sales, javascript):
    page = enter(open_window(javascript=javascript), ivo)
    page.goto(SUPPLIERS)

    box(page, f"grant-{sales.pk}-export").check()
    box(page, "all-archive").check()
    confirm(page)

    assert held(sales) == {"view", "export", "archive"}
    able = Grant.objects.filter(type__code="supplier", right="archive").values_list("role__name", flat=True)
    assert set(able) == {"Bookkeeping", "Managers", "Sales"}


def test_ticks_that_belong_together_move_together(page, enter, furnished, ivo, sales):
    enter(page, ivo).goto("/settings/types/bank/rights/")
    expect(box(page, "all-edit")).to_have_accessible_name("All: Edit, some: 2 of 3")

    box(page, f"grant-{sales.pk}-edit").check()
    expect(box(page, f"grant-{sales.pk}-view")).to_be_checked()
    expect(box(page, "all-edit")).to_have_accessible_name("All: Edit, 3 of 3")
    box(page, f"grant-{sales.pk}-view").uncheck()
    expect(box(page, f"grant-{sales.pk}-edit")).not_to_be_checked()


def test_all_tells_how_its_column_stands(page, enter, furnished, ivo, sales):
    enter(page, ivo).goto("/settings/types/bank/rights/")
    all_edit, one, half = box(page, "all-edit"), box(page, f"grant-{sales.pk}-edit"), re.compile(r"\bhalf\b")
    expect(all_edit).not_to_be_checked()
    expect(all_edit).to_have_class(half)

    one.check()
    expect(all_edit).to_be_checked()
    expect(all_edit).not_to_have_class(half)
    expect(page.locator("[data-count]")).to_have_text("2")  # and the view that it brings
    one.uncheck()
    expect(all_edit).not_to_be_checked()
    expect(all_edit).to_have_class(half)

    one.check()
    confirm(page)
    assert held(sales, "bank") == {"view", "edit"}
    page.goto("/settings/types/bank/rights/")
    expect(all_edit).to_be_checked()


def test_all_that_only_tells_does_not_act(page, enter, furnished, ivo, sales):
    enter(page, ivo).goto("/settings/types/bank/rights/")
    box(page, f"grant-{sales.pk}-edit").check()
    expect(box(page, "all-edit")).to_be_checked()

    page.get_by_role("button", name="Confirm").click()

    # What others take from a role meanwhile stays taken: this form does not speak of it.
    assert page.locator("#ask input[name^=all-]").count() == 0
    expect(page.locator("#ask input[name=shown]")).to_have_value(f"{sales.pk}:")


def test_a_tick_after_all_is_meant(page, enter, furnished, ivo, sales):
    enter(page, ivo).goto(SUPPLIERS)

    box(page, "all-export").check()
    box(page, f"grant-{sales.pk}-export").uncheck()
    box(page, f"grant-{sales.pk}-add").check()
    confirm(page)

    assert held(sales) == {"view", "add"}


def test_only_rows_that_changed_are_sent_and_going_back_finds_them_all(page, enter, furnished, ivo, sales):
    enter(page, ivo).goto("/settings/rights/?type=supplier")
    shown = page.locator("#matrix input[name=shown]").input_value()

    box(page, f"grant-{sales.pk}-supplier-export").check()
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("#ask input[name=shown]")).to_have_value(f"{sales.pk}-supplier:view")
    page.go_back()

    expect(page.locator("#matrix input[name=shown]")).to_have_value(shown)
    expect(page.locator("#matrix input[type=checkbox]:disabled")).to_have_count(0)
    confirm(page)
    assert held(sales) == {"view", "export"}
