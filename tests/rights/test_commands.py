"""Rights and the demo office from the command line."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from counterparties.demo import office
from counterparties.models import Counterparty, CounterpartyType
from rights.domain import policy
from rights.domain.granting import copy_rights, grant
from rights.models import Grant
from staff.models import User
from tests.factories import make_counterparty, make_type
from trail.domain.operations import operation
from trail.models import Operation


@pytest.fixture
def say(office, capsys):
    def say(*words):
        call_command(*words)
        told = capsys.readouterr()
        assert told.err == ""
        return told.out.strip()

    return say


def test_a_role_gets_rights_and_is_told_which_were_new(say, anna, bank_type):
    told = say("grant", "Sales", "bank", "edit,export")

    assert told == "Sales on bank: granted view, edit, export"
    assert policy.may(anna, "edit", bank_type)


def test_rights_parted_by_spaces_are_read_too(say):
    assert say("grant", "Sales", "bank", "view, ", "balance") == "Sales on bank: granted view, balance"


def test_what_a_role_has_already_is_not_granted_again(say):
    before = Operation.objects.count()

    told = say("grant", "Sales", "client", "view,add")

    assert told == "Sales on client: nothing changed"
    assert Operation.objects.count() == before


def test_rights_are_taken_and_with_view_all_of_them(say, anna, client_type):
    assert say("revoke", "Sales", "client", "export") == "Sales on client: revoked export"
    assert say("revoke", "Sales", "client", "view") == "Sales on client: revoked view, add, edit, archive"
    assert not policy.may(anna, "view", client_type)


def test_what_a_role_does_not_have_is_not_taken(say):
    assert say("revoke", "Sales", "client", "balance") == "Sales on client: nothing changed"


def test_the_history_tells_who_why_and_what(say, ivo):
    say("grant", "Sales", "bank", "view", "--as", "ivo", "--reason", "Anna pays them in")

    made = Operation.objects.latest("pk")
    row = Grant.history.get(operation=made)
    assert (made.kind, made.user, made.reason) == ("command", ivo, "Anna pays them in")
    assert (row.role.name, row.type.code, row.right, row.history_type) == ("Sales", "bank", "view", "+")
    assert row.history_user == ivo


def test_a_taken_right_stays_in_the_history(say):
    say("revoke", "Sales", "supplier", "view")

    row = Grant.history.get(operation=Operation.objects.latest("pk"))
    assert (row.role.name, row.type.code, row.right, row.history_type) == ("Sales", "supplier", "view", "-")


@pytest.mark.parametrize("command", ["grant", "revoke"])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Nobody", "client", "view"), "There is no role “Nobody”; known: Bookkeeping, Managers, Sales."),
        (
            ("Sales", "shop", "view"),
            "There is no counterparty type “shop”; "
            "known: client, supplier, bank, company, state-organisation, holding.",
        ),
        (
            ("Sales", "client", "view,fly"),
            "There is no right “fly”; known: view, add, edit, archive, export, settings, balance.",
        ),
        (("Sales", "client", ","), "No right was named; known: view, add, edit, archive, export, settings, balance."),
        (("Sales", "client", "view", "--as", "zoe"), "There is no user “zoe”; --as takes a user name."),
        (
            ("Sales", "client", "view", "--as", "anna"),
            "anna may not change rights; superusers and holders of staff.manage_settings may.",
        ),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(say, anna, command, words, told):
    before = Grant.objects.count()

    with pytest.raises(CommandError) as refused:
        say(command, *words)

    assert str(refused.value) == told
    assert Grant.objects.count() == before


def test_a_new_subtype_starts_with_a_copy_of_its_parents_rights(anna, client_type):
    retail = make_type("retail", client_type)

    copied = copy_rights(client_type, retail)

    held = set(Grant.objects.filter(type=retail).values_list("role", "right"))
    assert held == set(Grant.objects.filter(type=client_type).values_list("role", "right"))
    assert copied == len(held)


def test_after_the_copy_the_two_live_apart(client_type):
    retail = make_type("retail", client_type)
    copy_rights(client_type, retail)
    role = Grant.objects.filter(type=client_type, role__name="Sales").first().role

    grant(role, client_type, ["balance"])

    assert not Grant.objects.filter(role=role, type=retail, right="balance").exists()
    assert CounterpartyType.objects.get(code="retail").parent == client_type


def test_an_office_with_counterparties_of_its_own_gets_no_invented_ones(say, client_type):
    make_counterparty("Ours")

    told = say("start_office", "--demo")

    assert told == "made: 6 users"
    assert Counterparty.objects.get().name == "Ours"


def test_a_person_who_is_there_already_keeps_their_password(say, anna, monkeypatch):
    monkeypatch.setattr(office, "COUNTERPARTIES", 150)
    anna.set_password("her own secret")
    anna.save()

    told = say("start_office", "--demo")

    anna.refresh_from_db()
    assert told.startswith("made: 5 users, 7 counterparty types, 150 ")
    assert anna.check_password("her own secret")


def test_a_start_that_breaks_leaves_nothing(db, monkeypatch):
    def broken(*_args):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(office, "COUNTERPARTIES", 150)
    monkeypatch.setattr(office, "_agree", broken)

    with pytest.raises(RuntimeError):
        call_command("start_office", "--demo")

    assert not User.objects.exists()
    assert not Counterparty.objects.exists()
    assert not Operation.objects.exists()


@pytest.mark.parametrize("roles", [1, 40])
def test_rights_are_copied_in_as_many_statements_for_forty_roles_as_for_one(
    client_type, roles, django_assert_max_num_queries
):
    for number in range(roles):
        grant(Group.objects.create(name=f"Role {number}"), client_type, ["view", "edit", "export"])
    retail = make_type("retail", client_type)

    with operation("command", by=None), django_assert_max_num_queries(7):
        copied = copy_rights(client_type, retail)

    assert copied == Grant.objects.filter(type=retail).count() >= 3 * roles
    assert Grant.history.filter(type=retail.pk, history_type="+").count() == copied
