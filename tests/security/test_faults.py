"""What the office does when something around it breaks: a sentence for the reader, never a trace, then on as before."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from PIL import Image

from characteristics.models import Element
from counterparties.models import Client as ClientDetails
from files.domain.intake import take

PAGES = ["/", "/counterparties/", "/counterparties/1/", "/counterparties/sheet.csv", "/files/1/", "/admin/", "/nosuch/"]
REASON = "connection to server at 10.1.2.3 failed"


@pytest.fixture
def away(monkeypatch):
    """The database does not answer."""

    def refuse(*_given, **_named):
        raise OperationalError(REASON)

    return lambda: monkeypatch.setattr(connection, "cursor", refuse)


def test_without_its_database_the_office_says_so_and_then_goes_on(desk, away, monkeypatch):
    stranger = Client(raise_request_exception=False)
    right = {"login": "petra", "password": "petra-demo"}
    away()

    answers = [desk.get(page) for page in PAGES]
    answers.append(desk.post("/counterparties/new/", {"types": "shop", "name": "Lost"}))
    answers.append(stranger.post("/login/", right))
    monkeypatch.undo()
    connection.set_rollback(False)  # the test's own transaction: nothing reached the database

    assert {each.status_code for each in answers} == {503}
    assert {each["Retry-After"] for each in answers} == {"30"}
    for each in answers:
        said = each.content.decode()
        assert (REASON in said, "Traceback" in said, each["X-Request-ID"] in said) == (False, False, True)
    assert [desk.get("/counterparties/").status_code, stranger.post("/login/", right).status_code] == [200, 303]


@pytest.fixture
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def picture():
    written = io.BytesIO()
    Image.new("RGB", (400, 200), "navy").save(written, "PNG")
    return SimpleUploadedFile("logo.png", written.getvalue())


def broken(stored, content):
    default_storage.delete(stored.storage_name)
    if content is not None:
        default_storage.save(stored.storage_name, io.BytesIO(content))


@pytest.mark.parametrize("content", [None, b"", b"no picture any more"])
def test_a_file_that_is_gone_or_damaged_spoils_no_page(admins_desk, house, shelf, content):
    element = Element.objects.get(code="retail")
    element.picture = of_element = take(picture())
    element.save()
    logo = take(picture(), counterparty=house.open)
    ClientDetails.objects.create(counterparty=house.open, logo=logo)
    for stored in (of_element, logo):
        broken(stored, content)

    pages = [f"/counterparties/{house.open.pk}/{end}" for end in ("", "edit/", "history/")]
    pages += ["/counterparties/", "/settings/nomenclatures/client-category/"]
    small = [admins_desk.get(f"/files/{stored.pk}/?size=96") for stored in (of_element, logo)]

    assert [admins_desk.get(page).status_code for page in pages] == [200] * len(pages)
    assert [each.status_code for each in small] == [404, 404]
    if content is None:
        assert admins_desk.get(f"/files/{logo.pk}/").status_code == 404


def test_a_full_disk_keeps_no_thumbnail_and_shows_the_picture_all_the_same(admins_desk, house, shelf, monkeypatch):
    stored = take(picture(), counterparty=house.open)

    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(default_storage._wrapped), "save", full)

    answer = admins_desk.get(f"/files/{stored.pk}/?size=96")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
