"""The demo office: whole, believable, and the same whenever it is made."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from characteristics.models import Characteristic
from characteristics.registry import types
from counterparties.demo import office
from counterparties.domain.identifiers import (
    check_email,
    check_mobile,
    check_phone,
    check_registration_number,
    check_vat_number,
    check_website,
)
from counterparties.domain.inheritance import TypeTree
from counterparties.models import (
    Address,
    Client,
    Contact,
    Contract,
    Counterparty,
    CounterpartyType,
    Document,
    Membership,
    Note,
    Project,
    Value,
)
from portal.models import Access
from rights.domain import policy
from staff.models import User
from tests.counterparties.defining.whole import EXAMPLES
from trail.models import Operation


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """One demo office for all the facts below; nobody changes it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("start_office", "--demo")
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_example_can_be_tried_in_it(demo, file):
    call_command("define_characteristics", str(file), "--dry-run")


def types_of(name, right):
    return {each.code for each in policy.types_for(User.objects.get(username=name), right)}


def with_types():
    return Counterparty.objects.prefetch_related("type_set__types")


CLIENTS = {"client", "retail", "wholesale", "horeca", "export"}
SUPPLIERS = {"supplier", "raw-materials", "services", "transport"}
OTHERS = {"bank", "company", "state-organisation", "holding"}


@pytest.mark.parametrize("name", ["admin", "ivo", "anna", "boris", "vera", "mila"])
def test_everybody_of_the_cast_logs_in_with_their_name_and_demo(demo, name):
    assert authenticate(username=name, password=f"{name}-demo").username == name


def test_sales_does_everything_on_clients_but_settings_and_balance_and_sees_suppliers(demo):
    assert types_of("anna", "view") == CLIENTS | SUPPLIERS
    for right in ("add", "edit", "archive", "export"):
        assert types_of("anna", right) == CLIENTS
    assert types_of("anna", "settings") == types_of("anna", "balance") == set()


def test_bookkeeping_sees_everybody_and_edits_banks_and_suppliers(demo):
    for right in ("view", "export", "balance"):
        assert types_of("boris", right) == CLIENTS | SUPPLIERS | OTHERS
    assert types_of("boris", "edit") == SUPPLIERS | {"bank"}
    assert types_of("boris", "add") == types_of("boris", "archive") == set()


def test_mila_has_both_roles_and_vera_none(demo):
    assert types_of("mila", "edit") == CLIENTS | SUPPLIERS | {"bank"}
    assert types_of("vera", "view") == set()
    assert not User.objects.get(username="vera").groups.exists()


def test_ivo_manages_settings_and_only_admin_is_a_superuser(demo):
    managers = [user.username for user in User.objects.all() if policy.for_user(user).may_manage_settings]

    assert sorted(managers) == ["admin", "ivo"]
    assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]


def test_there_are_more_than_two_thousand_in_three_scripts_and_five_countries(demo):
    names = list(Counterparty.objects.values_list("name", flat=True))

    assert len(names) == office.COUNTERPARTIES > 2_000
    assert sum("„" in name for name in names) > 200
    assert sum("«" in name for name in names) > 200
    assert sum(name.isascii() for name in names) > 200
    assert set(Counterparty.objects.values_list("country", flat=True)) == {"BG", "RU", "DE", "RO", "GB"}


def test_no_two_firms_bear_the_same_name(demo):
    firms = Counterparty.objects.filter(is_person=False)

    assert firms.values("name_key").distinct().count() == firms.count()


def test_every_number_and_address_is_right_and_kept_in_its_normal_form(demo):
    wrong = []
    for each in Counterparty.objects.all():
        number, country = each.registration_number, each.country
        checked = {
            "registration_number": check_registration_number(
                number, country=country, is_person=each.is_person, is_foreign=False
            ),
            "vat_number": check_vat_number(each.vat_number, country=country),
            "email": check_email(each.email),
            "phone": check_phone(each.phone),
            "mobile": check_mobile(each.mobile, country),
            "website": check_website(each.website),
        }
        wrong += [(each.name, fact) for fact, kept in checked.items() if getattr(each, fact) != kept]

    assert wrong == []


def test_mail_goes_nowhere(demo):
    for model in (Counterparty, Contact):
        assert not model.objects.exclude(email="").exclude(email__endswith=".example").exists()


def test_every_type_is_in_use_and_some_counterparties_carry_several(demo):
    carried = Counter(each.code for one in with_types() for each in one.types)
    leaves = CLIENTS | SUPPLIERS - {"supplier"} | OTHERS

    assert set(carried) == leaves
    assert sum(len(one.types) > 1 for one in with_types()) > 50


def test_nobody_carries_a_type_together_with_its_ancestor(demo):
    tree = TypeTree()

    for one in {each.type_set_id: each for each in Counterparty.objects.all()}.values():
        assert tree.without_ancestors(one.types) == sorted(one.types, key=tree.types.index)


def test_every_registered_type_of_characteristic_has_values(demo):
    used = set(Value.objects.values_list("characteristic__type_code", flat=True).distinct())

    assert used == {each.code for each in types}


def test_values_are_said_only_for_what_is_asked(demo):
    tree = TypeTree()
    asked = {each.pk: {inherited.characteristic.pk for inherited in tree.asked_of(each.types)} for each in with_types()}

    strays = [
        pair for pair in Value.objects.values_list("counterparty", "characteristic") if pair[1] not in asked[pair[0]]
    ]

    assert strays == []


def test_a_card_with_name_and_types_alone_could_be_saved(demo):
    assert not Characteristic.objects.filter(is_required=True).exists()


def test_a_few_characteristics_are_shown_in_the_register_at_once(demo):
    shown = list(Characteristic.objects.filter(in_list=True).values_list("code", flat=True))

    assert shown == ["segment", "planned-sales", "quality"]


def test_types_and_characteristics_are_called_in_three_languages(demo):
    made = [*CounterpartyType.objects.exclude(parent=None), *Characteristic.objects.all()]

    assert [each.code for each in made if not (each.name_en and each.name_bg and each.name_ru)] == []


def test_about_six_of_a_hundred_are_archived(demo):
    archived = Counterparty.objects.archived().count()

    assert archived == round(office.COUNTERPARTIES * 0.06)


def test_statuses_are_spread_with_active_in_front(demo):
    counts = Counter(Counterparty.objects.values_list("status__code", flat=True))

    assert set(counts) == {"active", "contract-signed", "negotiating", "on-hold", "inactive", "unreliable"}
    assert counts.most_common(1)[0][0] == "active"


def test_they_came_over_three_years_up_to_this_week(demo):
    days = sorted(timezone.now() - at for at in Counterparty.objects.values_list("created_at", flat=True))

    assert timedelta(0) <= days[0] < timedelta(days=7)
    assert timedelta(days=1_000) < days[-1] < timedelta(days=1_100)
    assert len({gap.days for gap in days if gap.days < 100}) > 40


def test_each_record_has_its_first_line_of_history_under_an_operation_of_that_moment(demo):
    for model in (Counterparty, Value, Client, Address, Contact, Note, Project, Contract, Membership):
        first = model.history.filter(history_type="+")
        assert first.count() == model.objects.count() > 50
        assert not first.exclude(history_date=F("operation__at")).exists()
        assert not first.filter(history_user=None).exists()


def test_the_last_line_of_history_is_what_the_card_says_now(demo):
    facts = ("name", "status_id", "type_set_id", "phone", "email", "comment", "archived_at", "created_at")
    last = {row.id: row for row in Counterparty.history.order_by("history_date", "history_id")}

    differing = [
        (each.name, fact)
        for each in Counterparty.objects.all()
        for fact in facts
        if getattr(each, fact) != getattr(last[each.pk], fact)
    ]

    assert differing == []


def test_history_begins_with_the_counterpartys_coming(demo):
    began = dict(Counterparty.history.values_list("id").annotate(Min("history_date")))

    assert [each.name for each in Counterparty.objects.all() if began[each.pk] != each.created_at] == []


def test_several_hundred_later_changes_were_made_by_anna_boris_and_mila(demo):
    acts = Operation.objects.filter(kind="card").exclude(reason="")
    people = Counter(acts.values_list("user__username", flat=True))

    assert sum(people.values()) > 200
    assert {"anna", "boris", "mila"} <= set(people)


def test_nobody_changed_what_their_role_does_not_allow(demo):
    decisions = {user: policy.for_user(user) for user in User.objects.all()}
    rows = Counterparty.history.filter(history_type="~").select_related("history_user", "operation")
    by_id = Counterparty.objects.in_bulk(rows.values_list("id", flat=True).distinct())
    asked = {"card": "edit", "archive": "archive", "restore": "archive"}

    strangers = [
        (row.history_user.username, row.operation.kind, row.name)
        for row in rows
        if not decisions[row.history_user].may(asked[row.operation.kind], by_id[row.id])
    ]

    assert strangers == []


def test_no_operation_is_empty_or_of_tomorrow(demo):
    used = set(Counterparty.history.values_list("operation", flat=True))
    for model in (Value, Note, Document, Access):
        used |= set(model.history.values_list("operation", flat=True))
    own = Operation.objects.exclude(kind="command").exclude(reason="Holdings, projects, contracts and accounts")

    assert set(own.values_list("pk", flat=True)) <= used
    assert not Operation.objects.filter(at__gt=timezone.now()).exists()


def test_search_finds_the_invented_firms(demo):
    one = Counterparty.objects.filter(name__startswith="Черноморец").first()

    assert one in Counterparty.objects.filter(search__words="chernomorets")


def test_holdings_have_members_and_projects_have_contracts_of_our_own_companies(demo):
    holdings = Counterparty.objects.filter(members__isnull=False).distinct()

    assert {each.code for one in holdings for each in one.types} == {"holding"}
    assert {each.code for one in Contract.objects.all() for each in one.company.types} == {"company"}
    assert Contract.objects.filter(project__isnull=False).count() == Project.objects.count()


def test_some_notes_are_pinned_for_chosen_roles_or_for_the_client_and_one_document_was_deleted(demo):
    assert set(Note.objects.values_list("audience", "is_pinned")) >= {
        ("office", True),
        ("roles", False),
        ("client", False),
    }
    assert not Note.objects.filter(audience="roles", readers=None).exists()
    # One more was shared with the client who logs in.
    assert (Document.objects.current().count(), Document.objects.deleted().count()) == (30, 1)
    assert not Document.history.exclude(history_date=F("operation__at")).exists()


def test_a_client_logs_in_and_his_pages_have_something_to_tell(demo):
    access, user = Access.objects.get(), authenticate(username="client", password="client-demo")

    owner = access.counterparty
    assert (access.user, user.is_guest, access.is_open, owner.client.login_allowed) == (user, True, True, True)
    assert all(each.exists() for each in (owner.contracts, owner.projects, owner.contacts))
    assert owner.documents.filter(is_shared=True).exists()
    assert owner.notes.filter(audience="client").exists()


def test_a_second_start_adds_nobody(demo, capsys):
    before = Counterparty.objects.count(), Operation.objects.count(), User.objects.count()

    call_command("start_office", "--demo")

    assert capsys.readouterr().out.strip() == "nothing to make: the office is open already"
    assert (Counterparty.objects.count(), Operation.objects.count(), User.objects.count()) == before
