"""Erasing a person: nothing of them is left anywhere, and a receipt says that it was done."""

from urllib.parse import quote_plus

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.utils import timezone

from counterparties.domain.undoing.ground import ERASED
from counterparties.models import Counterparty, Erasure
from exchange.models import Export, Import, Job
from files.domain import orphans
from rights.domain import policy
from staff.models import User
from tests.factories import make_counterparty
from tests.trail.books import Audit
from tests.trail.planting import WORD, a_user, columns_of, erased, everything_of, looked_at, places_of
from trail.domain.erasing import erasers
from trail.domain.erasing.phrases import Phrases
from trail.domain.undoing.asked import Asked
from trail.domain.undoing.whole import foresee
from trail.models import Operation

#: Models that hold nothing of a counterparty or a user, and why. A new one belongs here, or into an `erasing.py`.
NOTHING = {
    "trail.ReasonRule": "settings",
    "trail.Stamp": "random numbers",
    "staff.Try": "fingerprints, for five minutes",
    "staff.User_groups": "ties; whoever is erased leaves every role",
    "staff.User_user_permissions": "ties",
    "staff.HistoricalUser_groups": "ties, by number",
    "staff.HistoricalUser_user_permissions": "ties, by number",
    "characteristics.Characteristic": "settings",
    "characteristics.Nomenclature": "settings",
    "characteristics.Element": "settings",
    "counterparties.CounterpartyType": "settings",
    "counterparties.TypeCharacteristic": "settings",
    "counterparties.Status": "settings",
    "counterparties.TypeSet": "settings",
    "counterparties.TypeSetMember": "settings",
    "counterparties.Sequence": "settings",
    "counterparties.Tally": "numbers",
    "counterparties.Arrivals": "numbers",
    "counterparties.Touch": "numbers",
    "counterparties.Joining": "numbers",
    "counterparties.Membership": "numbers and days",
    "counterparties.NoteReader": "roles",
    "counterparties.Erasure": "the receipt itself",
    "rights.Grant": "settings",
    "exchange.Exported": "numbers of counterparties",
    "exchange.Worker": "names of processes",
    "auth.Group": "settings",
    "auth.Group_permissions": "settings",
    "auth.Permission": "settings",
    "staff.HistoricalGroup_permissions": "settings",
    "contenttypes.ContentType": "settings",
    "account.EmailConfirmation": "goes with its address",
}


def test_of_every_model_it_is_said_what_is_erased_or_why_nothing():
    models = [each for each in apps.get_models(include_auto_created=True) if each.__module__ != "zeal"]
    of_history = {each.history.model for each in models if hasattr(getattr(each, "history", None), "model")}
    left = [each._meta.label for each in models if each not in of_history]

    described = {each.code for each in erasers} | NOTHING.keys()

    assert sorted(set(left) ^ described) == []
    assert {each.code for each in erasers} & NOTHING.keys() == set()
    assert [each.code for each in erasers if each.code != each.model._meta.label] == []


def test_a_name_is_taken_out_of_whatever_says_it_and_out_of_nothing_else():
    phrases = Phrases()
    phrases.add("Мария Иванова", is_name=True)
    phrases.add("maria@ivanova.example")
    phrases.add("12")
    said = {
        "address": f"/clients/?q={quote_plus('Мария Иванова')}&page=12",
        "words": ["МАРИЯ ИВАНОВА", "Мария Иванованова"],
    }

    left = phrases.without(said, "erased")

    assert left == {"address": "/clients/?q=erased&page=12", "words": ["erased", "Мария Иванованова"]}
    assert phrases.stand_in("ask Maria@Ivanova.Example")
    assert not phrases.stand_in("room 12")
    assert [code for code in ("C10012", "ivanova-7", "MARIA", "ИВАНОВА") if phrases.tell(code)] == [
        "ivanova-7",
        "MARIA",
        "ИВАНОВА",
    ]


@pytest.fixture(autouse=True)
def _a_place_for_files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LARGE_SHEET_ROWS = 0


OF_CLIENTS = (
    "counterparties.Counterparty", "counterparties.Value", "counterparties.Address", "counterparties.Contact",
    "counterparties.BankAccount",
    "counterparties.Note", "counterparties.Document", "counterparties.Project", "counterparties.Contract",
)  # fmt: skip
#: Words chosen from lists or read from registers; nobody writes a name there.
CHOSEN = {"country", "language", "salutation", "gender", "currency", "message_language", "electronic_address_scheme"}


def test_of_a_counterparty_no_table_and_no_file_says_anything_any_more(
    admin, client_type, client, django_capture_on_commit_callbacks
):
    made = everything_of(admin, client_type)
    guest, audit = User.objects.get(access__counterparty=made), Audit()
    before = Counterparty.objects.get(pk=made.pk)
    planted = places_of(WORD)
    kept = {"created_at": before.created_at, "type_set_id": before.type_set_id, "archived_at": before.archived_at}
    operations = Operation.objects.count()
    named = erased("--counterparty", made.code, "--reason", "Article 17", "--as", "admin", "--dry-run")
    as_planted = places_of(WORD)

    with django_capture_on_commit_callbacks(execute=True):
        told = erased("--counterparty", made.code, "--reason", "Article 17", "--as", "admin")

    # It stood wherever it is blanked, and in sheets, letters, jobs and reasons besides.
    assert {each for each in columns_of(*OF_CLIENTS) if each.rpartition(".")[2] not in CHOSEN} - planted == set()
    assert {
        "media",
        "trail_operation.reason",
        "portal_letter.to",
        "exchange_job.about",
        "exchange_export.asked",
    } <= planted
    assert (as_planted, named[-1]) == (planted, "Dry run: nothing was erased.")
    # Now it stands nowhere.
    assert places_of(WORD) == set()
    after = Counterparty.objects.get(pk=made.pk)
    receipt = Erasure.objects.get()
    assert after.name == f"erased {timezone.localdate(receipt.at)}"
    assert (after.code, after.search) == (f"erased-{made.pk}", f" erased-{made.pk} {after.name}")
    assert {name: getattr(after, name) for name in kept} == kept
    assert (receipt.by, receipt.reason, receipt.files) == (admin, "Article 17", 6)
    assert told[-1] == f"receipt={receipt.pk}"
    assert receipt.counts["counterparties_historicalcontact"] == 4
    # Operations stay; why many were changed at once is said without the name; the books are in order.
    assert Operation.objects.count() == operations + 1
    assert Operation.objects.filter(reason__startswith=f"Asked for by {after.name}, among").exists()
    assert [fault for model in audit.models for fault in audit.unlike(model) if fault not in audit.known] == []
    # The log-in is over.
    guest.refresh_from_db()
    assert (guest.is_active, guest.has_usable_password(), str(guest)) == (False, False, f"erased-{guest.pk}")
    assert guest.access.withdrawn_at is not None
    # What is not there is not missed; what is there is read.
    assert orphans.find().lost == []
    client.force_login(admin)
    address = f"/counterparties/{made.pk}/"
    for tab in ("", "?tab=documents", "?tab=notes", "?tab=contracts", "?tab=letters", "?tab=contacts", "history/"):
        assert client.get(address + tab).status_code == 200, tab
    page = client.get(address).content.decode()
    assert "Personal data erased on" in page
    assert "Take back" not in client.get(f"/operations/{operation_of(receipt)}/").content.decode()
    one = [each.objects.order_by("pk").first().get_absolute_url() for each in (Import, Export, Job)]
    for each in (*one, "/exports/", "/imports/", "/jobs/", "/operations/", f"/operations/{operation_of(receipt)}/"):
        assert client.get(each).status_code == 200, each
    # No operation of before is taken back.
    left = foresee(Operation.objects.get(kind="archive"), Asked(), policy.for_user(admin))
    assert (list(left.whys), left.chosen) == ([str(ERASED)], 0)


def operation_of(receipt):
    return Erasure.history.get(id=receipt.pk).operation_id


def test_of_a_user_no_table_says_anything_any_more(admin, django_capture_on_commit_callbacks):
    user, desk = a_user()
    looked_at(user, admin)
    planted = places_of(WORD, "203.0.113.77")

    with django_capture_on_commit_callbacks(execute=True):
        erased("--user", user.username, "--reason", "Article 17")

    assert (
        set(columns_of("staff.User", "rights.Look", "admin.LogEntry", "counterparties.SavedView"))
        - {
            "staff_user.language",
            "staff_historicaluser.language",
            "counterparties_savedview.name",
            "counterparties_savedview.query",
        }
        <= planted
    )
    assert places_of(WORD, "203.0.113.77") == set()
    gone = User.objects.get(pk=user.pk)
    assert (gone.username, gone.is_active, gone.groups.count()) == (f"erased-{user.pk}", False, 0)
    assert desk.get("/").status_code == 302
    assert Operation.objects.filter(user=user).exists()
    assert Erasure.objects.get().user == user


def test_a_code_that_says_nothing_of_the_person_stays(office):
    plain = make_counterparty("Мария Иванова", code="C10412", email="maria@ivanova.example")
    telling = [
        make_counterparty("Мария Иванова", code="IVANOVA-2"),
        make_counterparty("Elbe", code="64756030", registration_number="64756030"),
    ]

    call = Operation.objects.create(kind="card", reason="МАРИЯ иванова се обади")

    for each in (plain, *telling):
        erased("--counterparty", each.code, "--reason", "Article 17")

    call.refresh_from_db()
    assert call.reason.endswith(" се обади")
    assert "иванова" not in call.reason

    codes = Counterparty.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["C10412", *(f"erased-{each.pk}" for each in telling)]


def test_who_may_not_erase_and_what_a_reason_may_not_say(admin, anna):
    danube = make_counterparty("Danube Agro", code="D1", email="office@danube.example")

    def refused(*words):
        with pytest.raises(CommandError) as told:
            erased(*words)
        return str(told.value)

    why = ["--reason", "Article 17"]
    assert refused("--counterparty", "D1", "--as", "anna", *why).startswith("anna may not erase")
    assert refused("--counterparty", "D2", *why).startswith("There is no counterparty “D2”")
    assert refused("--counterparty", "D1", "--reason", "Danube Agro asked").startswith("The reason stays")
    assert refused("--user", "admin", *why).startswith("This is the last superuser")
    danube.refresh_from_db()
    assert (danube.name, Erasure.objects.count()) == ("Danube Agro", 0)
