"""What history says of the rights on a type, and of who plays a role."""

import pytest
from django.contrib.auth.models import Group

from tests.rights.matrices import SUPPLIERS, confirm, read


def entries(desk, question="", address=SUPPLIERS):
    return [
        (
            entry.who,
            entry.operation.reason,
            [(line.label, line.old, line.new) for s in entry.stories for line in s.lines],
        )
        for entry in desk.get(f"{address}{question}").context["entries"]
    ]


def test_the_history_says_role_right_from_to_who_and_why(desk, ivo, sales):
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export"), reason="Asked for")
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).untick(f"grant-{sales.pk}-export"))

    told = entries(desk)

    assert told[0] == ("ivo", "", [("Sales · Export", "on", "off")])
    assert told[1] == ("ivo", "Asked for", [("Sales · Export", "off", "on")])


def test_the_history_is_paged_and_no_entry_is_lost(desk, sales):
    for turn in range(13):
        form = read(desk, SUPPLIERS)
        (form.untick if turn % 2 else form.tick)(f"grant-{sales.pk}-export")
        confirm(desk, SUPPLIERS, form, reason=f"turn {turn}")

    first = desk.get(SUPPLIERS)
    older = first.context["older_url"].split("#")[0]

    reasons = [reason for _who, reason, _lines in entries(desk) + entries(desk, older)]
    assert reasons == [*(f"turn {turn}" for turn in reversed(range(13))), ""]


def test_a_role_that_is_gone_keeps_its_name_in_the_history(desk, supplier_type):
    role = Group.objects.create(name="Summer help")
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick(f"grant-{role.pk}-view"))
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).untick(f"grant-{role.pk}-view"))
    role.delete()

    assert entries(desk)[0][2] == [("Summer help · View", "on", "off")]


def test_the_history_of_the_type_tells_of_its_rights_too(desk, sales):
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export"))

    newest = desk.get("/settings/types/supplier/history/").context["entries"][0]

    assert newest.titles == ["Rights to Supplier"]


def test_who_joined_and_who_left_is_told(desk, vera, sales):
    vera.groups.add(sales)
    vera.groups.remove(sales)

    told = [(each.user.username, each.role, each.has_joined) for each in desk.get(SUPPLIERS).context["joinings"]]

    assert told == [("vera", "Sales", False), ("vera", "Sales", True)]


def test_a_change_of_name_is_no_joining(desk, anna):
    before = [each.step for each in desk.get(SUPPLIERS).context["joinings"]]
    anna.first_name = "Anna"
    anna.save()

    assert [each.step for each in desk.get(SUPPLIERS).context["joinings"]] == before


def test_who_came_and_went_is_paged(desk, vera, sales):
    for turn in range(12):
        (vera.groups.remove if turn % 2 else vera.groups.add)(sales)

    first = desk.get(SUPPLIERS)
    rest = desk.get(SUPPLIERS + first.context["older_people_url"].split("#")[0])

    steps = [each.step for page in (first, rest) for each in page.context["joinings"]]
    assert (len(steps), steps) == (12, sorted(steps, reverse=True))


@pytest.mark.parametrize("question", ["?before=x", "?before=99999999999999999999", "?people_before=-1", "?before=%00"])
def test_a_damaged_place_in_history_is_the_newest(desk, question):
    assert desk.get(SUPPLIERS + question).status_code == 200
