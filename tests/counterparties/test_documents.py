"""Documents: several come at once, all or none; a deleted one stays for whoever may edit, and opens to nobody else."""

from itertools import count, islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterparties.models import Document
from files.models import StoredFile
from rights.domain import policy
from tests.factories import make_counterparty
from trail.models import Operation
from trail.pages.timeline import parts_of, timeline


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def danube(client_type):
    return make_counterparty("Danube", [client_type])


def paper(name="Offer.txt", content=b"An offer."):
    return SimpleUploadedFile(name, content)


def program(name="Setup.exe"):
    return SimpleUploadedFile(name, b"MZ\x90\x00" + b"\x00" * 60)


def at(counterparty):
    return f"/counterparties/{counterparty.pk}/documents/"


def tab(desk, counterparty, more=""):
    return desk.get(f"/counterparties/{counterparty.pk}/?tab=documents{more}").content.decode()


def titles(user, counterparty):
    decision = policy.for_user(user)
    entries = timeline(parts_of(counterparty, decision), decision).entries
    return [title for entry in entries for title in entry.titles]


def test_several_files_come_at_once_as_one_operation(desk, danube, anna):
    sent = {"files": [paper(), paper("Plan.txt", b"A plan.")], "dated_on": "2026-05-04", "is_shared": "on"}

    answer = desk.post(f"{at(danube)}new/", sent)

    assert answer.status_code == 303
    made = Document.objects.order_by("pk")
    assert [(str(each), each.title, str(each.dated_on), each.is_shared, each.uploaded_by) for each in made] == [
        ("Offer.txt", "", "2026-05-04", True, anna),
        ("Plan.txt", "", "2026-05-04", True, anna),
    ]
    assert {each.file.counterparty for each in made} == {danube}
    assert Operation.objects.filter(kind="card").count() == 1
    shown = tab(desk, danube)
    assert "2 documents are added." in shown
    assert [said in shown for said in ("Offer.txt", "9\xa0bytes", "4 May 2026", "the client sees it", "anna")] == [
        True
    ] * 5


def test_one_bad_file_stops_all_and_the_good_ones_wait_for_the_next_save(desk, danube):
    refused = desk.post(
        f"{at(danube)}new/", {"files": [paper(), program(), paper("Empty.txt", b"")], "title": "Spring"}
    )
    words = list(refused.context["form"].errors["files"])
    kept = Document.objects.count(), StoredFile.objects.count()
    drafts = refused.content.decode().split('name="files.draft" value="')[1:]

    saved = desk.post(f"{at(danube)}new/", {"files.draft": [each.split('"')[0] for each in drafts], "title": "Spring"})

    assert (refused.status_code, kept, len(drafts)) == (422, (0, 0), 1)
    assert [each.split(":")[0] for each in words[:2]] == ["Setup.exe", "Empty.txt"]
    assert "The good files wait here" in words[2]
    assert saved.status_code == 303
    assert [(each.title, each.file.name) for each in Document.objects.all()] == [("Spring", "Offer.txt")]
    assert StoredFile.objects.count() == 1


def test_what_cannot_be_right_is_said_and_nothing_is_kept(desk, danube):
    desk.post(f"{at(danube)}new/", {"files": paper()})
    wrong = {
        "none": {"title": "Offer"},
        "twice": {"files": paper()},
        "no day": {"files": paper("Other.txt", b"other"), "dated_on": "2023-02-29"},
        "long": {"files": paper("Other.txt", b"other"), "title": "x" * 201},
    }

    answers = {name: desk.post(f"{at(danube)}new/", sent) for name, sent in wrong.items()}

    assert {name: (each.status_code, set(each.context["form"].errors)) for name, each in answers.items()} == {
        "none": (422, {"files"}),
        "twice": (422, {"files"}),
        "no day": (422, {"dated_on"}),
        "long": (422, {"title"}),
    }
    assert Document.objects.count() == StoredFile.objects.count() == 1


def test_what_is_said_of_a_document_is_changed_and_two_people_do_not_overwrite_each_other(desk, danube, anna):
    desk.post(f"{at(danube)}new/", {"files": paper()})
    document = Document.objects.get()
    form = {"title": "The offer", "dated_on": "", "version": document.version}

    answers = [desk.post(f"{at(danube)}{document.pk}/edit/", each) for each in (form, {**form, "title": "Another"})]

    assert [each.status_code for each in answers] == [303, 409]
    assert "Another" in answers[1].content.decode()
    assert str(Document.objects.get()) == "The offer"
    assert titles(anna, danube)[:2] == ["Document changed: The offer", "Document added: Offer.txt"]


def test_a_deleted_document_is_found_and_opened_and_restored_by_whoever_may_edit_alone(desk, danube, anna, boris, vera):
    desk.post(f"{at(danube)}new/", {"files": paper(), "title": "ZQXWJoffer"})
    document = Document.objects.get()
    own = f"{at(danube)}{document.pk}/"
    desk.get(f"/counterparties/{danube.pk}/")

    asked, deleted = desk.post(f"{own}delete/"), desk.post(f"{own}delete/", {"confirmed": "1"})
    desk.get(f"/counterparties/{danube.pk}/")

    assert (asked.status_code, deleted.status_code) == (200, 303)
    # Anna edits: struck through where she asks for it, and to be opened; to be edited no longer.
    assert ("ZQXWJoffer" in tab(desk, danube), "Show 1 deleted one" in tab(desk, danube)) == (False, True)
    assert "<del>ZQXWJoffer</del>" in tab(desk, danube, "&deleted=1")
    assert [desk.get(each).status_code for each in (document.file.get_absolute_url(), f"{own}edit/")] == [200, 404]
    # Boris only views, Vera does not even that.
    found = {}
    for person in (boris, vera):
        desk.force_login(person)
        pages = (document.file.get_absolute_url(), f"{own}restore/")
        answers = [answer for page in pages for answer in (desk.get(page), desk.post(page))]
        found[person.username] = [each.status_code for each in answers]
        assert "<del>" not in tab(desk, danube, "&deleted=1")
    assert found == {"boris": [404, 405, 403, 403], "vera": [404, 405, 404, 404]}

    desk.force_login(anna)
    restored = [desk.get(f"{own}restore/"), desk.post(f"{own}restore/"), desk.post(f"{own}restore/")]

    assert [each.status_code for each in restored] == [200, 303, 404]
    assert "Documents<span>1</span>" in tab(desk, danube)
    assert titles(anna, danube)[:2] == ["Document restored: ZQXWJoffer", "Document deleted: ZQXWJoffer"]
    desk.force_login(boris)
    assert desk.get(document.file.get_absolute_url()).status_code == 200


def test_the_tab_asks_as_much_of_fifty_documents_as_of_one(desk, danube, anna):
    counts, numbers = [], count()

    for more in (1, 2, 47):
        for number in islice(numbers, more):
            file = StoredFile.objects.create(
                sha256=f"{number:064}", name=f"{number}.txt", size=1, storage_name=f"x{number}", counterparty=danube
            )
            Document.objects.create(counterparty=danube, file=file, uploaded_by=anna)
        tab(desk, danube)
        with CaptureQueriesContext(connection) as asked:
            tab(desk, danube)
        counts.append(len(asked))

    assert counts == [10] * 3
