"""Notes: whoever sees the dossier reads them, unless they are for chosen roles; then nobody else learns of them."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.models import Note, NoteReader
from rights.domain import policy
from staff.models import User
from tests.factories import make_counterparty
from tests.shown import body_of
from trail.domain.operations import operation
from trail.pages.timeline import parts_of, timeline

SECRET = "ZQXWJsecret"


@pytest.fixture
def danube(client_type):
    return make_counterparty("Danube", [client_type])


@pytest.fixture
def olga(anna):
    """Sells, as Anna does."""
    user = User.objects.create_user("olga", language="en")
    user.groups.set(anna.groups.all())
    return user


def role(name):
    return Group.objects.get(name=name)


def write(counterparty, author, text, *roles, **facts):
    """A note as its page keeps it."""
    with operation("card", by=author):
        facts = {"audience": "roles" if roles else "office", **facts}
        note = Note.objects.create(counterparty=counterparty, author=author, text=text, **facts)
        for each in roles:
            NoteReader.objects.create(note=note, role=role(each))
    return note


def change(note, by, **facts):
    with operation("card", by=by):
        for name, value in facts.items():
            setattr(note, name, value)
        note.save()
        if note.audience != "roles":
            for each in note.readers.all():
                each.delete()


def told(user, counterparty):
    decision = policy.for_user(user)
    entries = timeline(parts_of(counterparty, decision), decision).entries
    return " | ".join(
        f"{story.title} {[(line.label, line.old, line.new) for line in story.lines]}"
        for entry in entries
        for story in entry.stories
    )


def read(client, user, counterparty):
    """Everything of the dossier and of the lists that one person reads, as one text."""
    client.force_login(user)
    at = f"/counterparties/{counterparty.pk}/"
    pages = ("", "?tab=notes", "history/", f"history/?day_after={timezone.localdate()}", "archive/")
    others = ("/", "/counterparties/", f"/counterparties/?q={SECRET.lower()}", "/clients/", "/counterparties/sheet.csv")
    return "".join(body_of(client.get(each)) for each in (*(at + page for page in pages), *others))


def test_a_note_for_chosen_roles_is_nowhere_told_to_others(client, danube, anna, olga, boris, mila, admin):
    written = write(danube, mila, f"{SECRET} text", "Bookkeeping")
    own = f"/counterparties/{danube.pk}/notes/{written.pk}"

    bodies = {user: read(client, user, danube) for user in (olga, boris, mila, admin)}

    assert {user.username for user, body in bodies.items() if SECRET in body} == {"boris", "mila", "admin"}
    # Nor its number beside the tab, nor its author among those who changed something, nor its roles.
    assert "Notes<span>0</span>" in bodies[olga]
    assert "Notes<span>1</span>" in bodies[boris]
    assert "mila" not in bodies[olga]
    assert "for Bookkeeping" not in bodies[olga]
    assert told(olga, danube) == told(anna, danube)
    assert "Note" not in told(olga, danube)
    assert "('Roles that read the note', '', 'Bookkeeping')" in told(boris, danube)
    client.force_login(olga)
    assert [client.get(f"{own}/{act}/").status_code for act in ("edit", "delete")] == [404, 404]
    client.force_login(admin)
    assert [client.get(f"{own}/{act}/").status_code for act in ("edit", "delete")] == [200, 200]


def test_whoever_joins_or_leaves_a_role_reads_its_notes_or_does_so_no_longer(danube, anna, boris, vera, client_type):
    write(danube, anna, SECRET, "Bookkeeping")
    reads = lambda user: Note.objects.read_by(policy.for_user(user)).count()  # noqa: E731

    before = reads(boris), reads(vera)
    boris.groups.clear()
    vera.groups.add(role("Bookkeeping"))

    assert (before, (reads(boris), reads(vera)), reads(anna)) == ((1, 0), (0, 1), 1)
    # A command that asks for nobody reads what is open to all.
    assert Note.objects.read_by(policy.for_user(None)).count() == 0


def test_what_was_said_to_chosen_roles_alone_stays_theirs_when_the_note_is_opened(danube, anna, boris, mila, admin):
    note = write(danube, mila, f"{SECRET} first", "Bookkeeping")
    change(note, mila, text=f"{SECRET} second")
    before = told(anna, danube), told(boris, danube)
    change(note, mila, text="for all", audience="office")

    assert (SECRET in before[0], before[1].count(SECRET)) == (False, 3)
    assert {user.username: SECRET in told(user, danube) for user in (anna, mila, admin)} == {
        "anna": False,
        "mila": True,
        "admin": True,
    }
    assert "Note added [('Note', '', 'for all')" in told(anna, danube)
    assert "Bookkeeping" not in told(anna, danube)


def test_a_note_that_is_closed_or_deleted_is_told_of_to_those_who_might_read_it_last(danube, anna, boris, mila):
    closed, gone = write(danube, mila, f"{SECRET} once open"), write(danube, mila, "ZQXWJgone", "Bookkeeping")
    was_open = told(anna, danube)
    with operation("card", by=mila):
        closed.audience = "roles"
        closed.save()
        NoteReader.objects.create(note=closed, role=role("Bookkeeping"))
    with operation("card", by=mila):
        gone.delete()

    assert SECRET in was_open
    assert "Note" not in told(anna, danube)
    assert SECRET in told(boris, danube)
    assert ("ZQXWJgone" in told(boris, danube), "ZQXWJgone" in told(mila, danube)) == (False, True)


def test_the_box_of_the_tab_writes_for_the_office_and_the_form_for_anybody(client, danube, anna):
    client.force_login(anna)
    at = f"/counterparties/{danube.pk}/notes/new/"
    sales, sent = role("Sales").pk, {"text": "Pays late\nin winter"}

    answers = [
        client.post(at, sent),
        client.post(at, {**sent, "show_fields": "1"}),
        client.post(at, {**sent, "audience": "roles"}),
        client.post(at, {**sent, "audience": "roles", "roles": ["9999999"]}),
        client.post(at, {"text": " ", "audience": "nobody"}),
        client.post(at, {"text": "For us", "audience": "roles", "roles": [sales], "is_pinned": "on"}),
        client.post(at, {"text": "For them", "audience": "client"}),
        # Whoever ticks roles and forgets to choose them does not mean everybody.
        client.post(at, {"text": "For us", "roles": [sales]}),
        client.post(at, {"text": "For us", "audience": "client", "roles": [sales]}),
    ]

    assert [each.status_code for each in answers] == [303, 200, 422, 422, 422, 303, 303, 422, 422]
    assert "Pays late\nin winter</textarea>" in answers[1].content.decode()
    assert set(answers[4].context["form"].errors) == {"text", "audience"}
    kept = {note.text: (note.author, note.audience, note.is_pinned, note.roles.count()) for note in Note.objects.all()}
    assert kept == {
        "For us": (anna, "roles", True, 1),
        "For them": (anna, "client", False, 0),
        "Pays late\nin winter": (anna, "office", False, 0),
    }
    tab = client.get(f"/counterparties/{danube.pk}/?tab=notes").content.decode().partition("line notes")[2]
    places = [
        tab.index(said) for said in ("For us", "pinned</b>", "for Sales", "For them", "the client sees it", "Pays")
    ]
    assert places == sorted(places)


def test_a_note_is_its_authors_and_superusers(client, danube, anna, olga, boris, admin):
    note = write(danube, anna, "Pays late")
    at = f"/counterparties/{danube.pk}/notes/{note.pk}/"
    facts = {"text": "Pays on the day", "version": note.version}

    answers = {}
    for user in (boris, olga):
        client.force_login(user)
        answers[user.username] = [
            client.post(f"/counterparties/{danube.pk}/notes/new/", {"text": user.username}).status_code,
            client.get(f"{at}edit/").status_code,
            client.post(f"{at}edit/", facts).status_code,
            client.post(f"{at}delete/", {"confirmed": "1"}).status_code,
            f"{at}edit/" in client.get(f"/counterparties/{danube.pk}/?tab=notes").content.decode(),
        ]
    client.force_login(anna)
    saved = [client.post(f"{at}edit/", facts).status_code for _twice in range(2)]
    client.force_login(admin)
    deleted = client.post(f"{at}delete/", {"confirmed": "1"})

    assert answers == {"boris": [403, 403, 403, 403, False], "olga": [303, 403, 403, 403, False]}
    assert (saved, deleted.status_code) == ([303, 409], 303)
    rows = Note.history.filter(id=note.pk).order_by("history_id")
    assert [(row.history_type, row.text, row.operation.user) for row in rows] == [
        ("+", "Pays late", anna),
        ("~", "Pays on the day", anna),
        ("-", "Pays on the day", admin),
    ]


def test_silence_about_its_readers_opens_no_note_and_other_readers_are_history(client, danube, anna):
    note = write(danube, anna, "Ours", "Sales")
    client.force_login(anna)
    at = f"/counterparties/{danube.pk}/notes/{note.pk}/edit/"

    silent = client.post(at, {"text": "Ours!", "version": note.version})
    others = client.post(
        at, {"text": "Ours", "audience": "roles", "roles": [role("Managers").pk], "version": note.version}
    )

    assert (silent.status_code, set(silent.context["form"].errors)) == (422, {"roles"})
    assert others.status_code == 303
    assert [str(each.role) for each in NoteReader.objects.all()] == ["Managers"]
    assert "('Roles that read the note', 'Sales', 'Managers')" in told(anna, danube)


def test_the_tab_asks_as_much_of_fifty_notes_as_of_one(client, danube, anna):
    client.force_login(anna)
    counts = []

    for more in (1, 2, 47):
        for number in range(more):
            write(danube, anna, f"note {number}", "Sales", "Bookkeeping")
        client.get(f"/counterparties/{danube.pk}/?tab=notes")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/counterparties/{danube.pk}/?tab=notes")
        counts.append(len(asked))

    assert counts == [11] * 3
