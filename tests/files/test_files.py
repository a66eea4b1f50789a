"""The only way to a stored file."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files.domain.intake import take
from tests.factories import make_counterparty


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def picture(size=(400, 200)):
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, "PNG")
    return SimpleUploadedFile("logo.png", written.getvalue())


def paper(name="Договор 14.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7 contract")


def read(client, user, stored, query="", **headers):
    client.force_login(user)
    return client.get(f"/files/{stored.pk}/{query}", headers=headers)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_document_is_given_to_keep_under_its_own_name(client, anna):
    response = read(client, anna, take(paper(), counterparty=make_counterparty()))

    assert body(response) == b"%PDF-1.7 contract"
    assert (
        response["Content-Disposition"]
        == "attachment; filename*=utf-8''%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80%2014.pdf"
    )
    assert response["Content-Type"] == "application/pdf"


def test_a_picture_is_shown(client, anna):
    response = read(client, anna, take(picture(), counterparty=make_counterparty()))

    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("make", [paper, picture])
def test_whatever_a_file_holds_it_runs_nothing(client, anna, make):
    response = read(client, anna, take(make(), counterparty=make_counterparty()))

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-cache"


def test_a_file_is_closed_to_whoever_may_not_view_its_counterparty(client, anna, boris, vera, bank_type):
    stored = take(paper(), counterparty=make_counterparty(types=[bank_type]))

    assert read(client, boris, stored).status_code == 200
    assert read(client, anna, stored).status_code == 404
    assert read(client, vera, stored).status_code == 404
    client.logout()
    assert client.get(f"/files/{stored.pk}/").status_code == 302


@pytest.mark.parametrize("query", ["?size=96", "?size=99999999999999999999"])
def test_its_thumbnail_and_its_tag_are_as_closed(client, anna, boris, bank_type, query):
    stored = take(picture(), counterparty=make_counterparty(types=[bank_type]))
    tag = read(client, boris, stored, query)["ETag"]

    assert read(client, anna, stored, query, if_none_match=tag).status_code == 404


def test_a_picture_of_a_nomenclature_is_for_everybody_in_the_office(client, vera):
    stored = take(picture())

    assert read(client, vera, stored).status_code == 200
    client.logout()
    assert client.get(f"/files/{stored.pk}/").status_code == 302


def test_a_thumbnail_is_drawn_once(client, anna, shelf, monkeypatch):
    stored = take(picture(), counterparty=make_counterparty())

    first = read(client, anna, stored, "?size=90")
    monkeypatch.setattr("files.domain.pictures.thumbnail", lambda *_args: pytest.fail("drawn again"))
    second = read(client, anna, stored, "?size=96")

    assert Image.open(io.BytesIO(first.content)).size == (96, 48)
    assert second.content == first.content
    assert len([path for path in shelf.rglob("*") if path.is_file()]) == 2


@pytest.mark.parametrize("size", ["x", "-1", "0", "9999", "1e3", "٩٦", ""])
def test_a_size_from_nowhere_gives_the_whole_picture(client, anna, size):
    response = read(client, anna, take(picture(), counterparty=make_counterparty()), f"?size={size}")

    assert Image.open(io.BytesIO(body(response))).size == (400, 200)


def test_a_document_has_no_thumbnail(client, anna):
    response = read(client, anna, take(paper(), counterparty=make_counterparty()), "?size=96")

    assert body(response) == b"%PDF-1.7 contract"


def test_what_the_browser_has_already_is_not_sent_again(client, anna):
    stored = take(picture(), counterparty=make_counterparty())
    tag = read(client, anna, stored)["ETag"]

    for said in (tag, f"W/{tag}", f'"another", W/{tag}'):
        again = read(client, anna, stored, if_none_match=said)
        assert again.status_code == 304
        assert again["Cache-Control"] == "private, no-cache"
    assert read(client, anna, stored, "?size=96", if_none_match=tag).status_code == 200


def test_a_file_that_is_gone_from_the_shelf_is_not_found(client, anna):
    stored = take(picture(), counterparty=make_counterparty())
    default_storage.delete(stored.storage_name)

    assert read(client, anna, stored).status_code == 404
    assert read(client, anna, stored, "?size=96").status_code == 404


def test_a_file_is_asked_about_without_being_sent_and_never_in_pieces(client, anna):
    stored = take(paper(), counterparty=make_counterparty())
    client.force_login(anna)

    head = client.head(f"/files/{stored.pk}/")
    piece = client.get(f"/files/{stored.pk}/", headers={"range": "bytes=0-3"})

    assert (head.status_code, head["Content-Length"], body(head)) == (200, str(stored.size), b"")
    assert (piece.status_code, body(piece)) == (200, b"%PDF-1.7 contract")


def test_files_are_only_read(client, anna):
    stored = take(paper(), counterparty=make_counterparty())
    client.force_login(anna)

    assert client.post(f"/files/{stored.pk}/").status_code == 405
