"""A word planted in everything that the office keeps of somebody, and the search for it in every table and file."""

import io
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client as Desk

from counterparties.domain import archiving
from counterparties.models import (
    Address,
    BankAccount,
    Client,
    Contact,
    Contract,
    Counterparty,
    Document,
    Project,
    SavedView,
)
from desk import text
from exchange.domain import importing, jobs
from files.domain import intake
from portal.domain import proposals
from rights.models import Look
from staff.models import User
from tests.estate import furnish
from tests.factories import let_in, make_characteristic
from tests.files.makes import png
from trail.domain.erasing import erasers
from trail.domain.operations import operation

WORD, PK = "Zaqxwarov", 990_001


def everything_of(admin, client_type):
    """A client whose every text holds the word; what was brought, taken along, proposed and written about it."""
    motto, scan = make_characteristic("motto", "text", client_type), make_characteristic("scan", "file", client_type)
    with operation("card", by=admin, reason=f"{WORD} paper"):
        paper = intake.take(SimpleUploadedFile(f"{WORD}.txt", f"{WORD} paper".encode()))
    made = furnish(WORD, [client_type], {motto: f"{WORD} motto", scan: paper}, admin, PK)
    _fill(made, admin)
    _hang_on(made, admin)
    guest = let_in(made, by=admin)
    jobs.perform_waiting()
    Desk().force_login(guest)
    proposals.propose(made, {"phone": "+359 2 987 6543", "website": f"https://{WORD}.example/2"}, WORD, by=guest)
    _in_sheets(made, admin)
    archiving.archive(made, by=admin, seen=Counterparty.objects.get(pk=PK).version, reason=f"{WORD} asked for it")
    return made


def _fill(made, admin):
    with operation("card", by=admin):
        client, _is_new = Client.objects.get_or_create(counterparty=made)
        with operation("card", by=admin):
            face = intake.take(SimpleUploadedFile(f"{WORD}.png", png()), counterparty=made)
        client.picture = face
        for name in ("company_name", "tax_name", "office_phone", "electronic_address"):
            setattr(client, name, f"{WORD} {name}")
        client.save()
        address = Address.objects.get(pk=PK)
        for name in ("name", "line2", "city", "region"):
            setattr(address, name, f"{WORD} {name}")
        address.postal_code = WORD
        address.save()
        account = BankAccount.objects.get(pk=PK)
        account.bank_name, account.purpose, account.bic = f"{WORD} bank", f"{WORD} purpose", WORD
        account.save()


def _hang_on(made, admin):
    with operation("card", by=admin):
        project, contract = Project.objects.get(pk=PK), Contract.objects.get(pk=PK)
        project.code, contract.subject = f"{WORD}-1", f"{WORD} subject"
        contract.file = Document.objects.get(pk=PK).file
        project.save()
        contract.save()
        gone = made.contacts.get()
        said = {"job": f"{WORD} job", "email": f"{WORD}@example.org", "phone": f"{WORD} phone"}
        Contact.objects.create(counterparty=made, name=f"{WORD} contact", **said)
    # What is taken away stands in history all the same.
    with operation("card", by=admin):
        gone.delete()


def _in_sheets(made, admin):
    """One sheet that was run, one that only lies there; and three that left the house, one of them kept."""
    lines = f"code;name;email\n{made.code};{WORD} name;{WORD}@example.net\nO-1;Other;\n;{WORD} name;{WORD}-broken\n"
    of = importing.receive(SimpleUploadedFile(f"{WORD}.csv", lines.encode()), by=admin, types=["client"])
    importing.preview(of)
    importing.run(of, by=admin)
    importing.receive(SimpleUploadedFile("later.csv", lines.replace(";", ",").encode()), by=admin)
    desk = Desk()
    desk.force_login(admin)
    for address in (f"/clients/sheet.csv?q={WORD}%20name", "/clients/sheet.csv"):
        b"".join(desk.get(address).streaming_content)
    asked = {"list": f"/clients/?q={WORD}+name", "format": "xlsx", "confirmed": "1"}
    assert desk.post("/exports/new/", asked).status_code == 303
    jobs.perform_waiting()
    with operation("card", by=admin, reason=f"Asked for by {WORD} name, among others"):
        for one in (made, Counterparty.objects.get(code="O-1")):
            one = Counterparty.objects.get(pk=one.pk)
            one.status = None
            one.save()
    with operation("view", by=admin):
        SavedView.objects.create(user=admin, path="/clients/", name="Mine", query=f"q={WORD}+name")


def a_user():
    """A colleague of that name, with a role, who was looked at and noted about."""
    with operation("admin", by=None, reason=f"{WORD} is taken in"):
        user = User.objects.create_user(
            f"{WORD}1", f"{WORD}@office.example", "secret", first_name=WORD, last_name=WORD, language="bg"
        )
        user.groups.set(Group.objects.filter(name="Sales"))
    desk = Desk(REMOTE_ADDR="203.0.113.77")
    desk.force_login(user)
    desk.post("/language/", {"language": "ru", "next": "/"})
    with operation("view", by=user):
        SavedView.objects.create(user=user, path="/clients/", name=WORD, query=f"q={WORD}")
    EmailAddress.objects.create(user=user, email=f"{WORD}@office.example")
    return user, desk


def looked_at(user, admin):
    with operation("look", by=admin):
        Look.objects.create(admin=admin, person=user, reason=f"{WORD} asked for help")
    about = {"content_type": ContentType.objects.get_for_model(User), "object_id": str(user.pk), "user": admin}
    LogEntry.objects.create(**about, object_repr=WORD, action_flag=CHANGE, change_message=f"{WORD} changed")


def erased(*words):
    """What the command says, line by line."""
    out = io.StringIO()
    call_command("erase_person", *words, stdout=out, stderr=out)
    return out.getvalue().splitlines()


#: Indexes of what stands inside texts, which can be asked but not read.
ASKED = {"counterparties_value_text_key", "counterparties_counterparty_search"}


def knows(cursor, index, piece):
    cursor.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH %s", [f'"{piece}"'])
    return cursor.fetchone() is not None


def places_of(*words):
    """Every column of every table, and every file, in which one of the words stands."""
    found, wanted = set(), [word.lower() for word in words]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in ASKED and connection.vendor == "sqlite":
                found |= {table for word in words if knows(cursor, table, text.key(word))}
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                for column, said in zip(columns, row, strict=True):
                    content = bytes(said).decode("latin-1") if isinstance(said, bytes | memoryview) else str(said)
                    if any(word in content.lower() for word in wanted):
                        found.add(f"{table}.{column}")
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if any(word.encode() in (str(path).encode() + content).lower() for word in wanted):
            found.add("media")
    return found


def columns_of(*labels):
    """The columns in which these models are blanked because they hold words."""
    for each in erasers:
        if each.code in labels:
            for table in each.tables():
                known = {field.name: field for field in table._meta.concrete_fields}
                wanted = {*each.called, each.number, *(name for name, value in each.blanks.items() if value == "")}
                for name in wanted & known.keys():
                    if known[name].get_internal_type() in ("CharField", "TextField") and not known[name].choices:
                        yield f"{table._meta.db_table}.{known[name].column}"
