"""What lies among the stored files and belongs to nobody."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from characteristics.domain import values
from files.domain import drafts, intake
from files.models import StoredFile
from tests.factories import make_characteristic, make_counterparty
from tests.files.makes import files_on, paper, picture

LONG_AGO = timezone.now() - timedelta(days=3)


@pytest.fixture
def sweep(capsys):
    def swept(*options):
        call_command("orphaned_files", *options)
        return capsys.readouterr().out.strip()

    return swept


def grow_old(shelf, *names):
    for name in names or files_on(shelf):
        os.utime(shelf / name, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    StoredFile.objects.update(created_at=LONG_AGO)


def test_only_what_is_old_and_nobodys_is_swept(client, anna, client_type, shelf, sweep):
    """What history alone shows is kept; what somebody else put into the store is theirs."""
    front = make_characteristic("front", "picture", client_type)
    record = make_counterparty()
    first, second = (intake.take(picture(), counterparty=record) for _each in range(2))
    values.save(record, {front: first})
    values.save(record, {front: second})
    client.force_login(anna)
    client.get(f"/files/{second.pk}/?size=96")
    used = files_on(shelf)
    unused = intake.take(paper(), counterparty=record)
    drafts.Draft.of(intake.look_at(picture()), anna).put_aside()
    half = shelf / second.storage_name.replace(second.sha256, "0" * 64)
    half.write_bytes(b"half")
    (shelf / "theirs").mkdir()
    (shelf / "theirs" / "export.xlsx").write_bytes(b"x")
    everything = files_on(shelf)

    young = sweep("--delete")
    grow_old(shelf)
    found, kept = sweep(), files_on(shelf)
    deleted = sweep("--delete")

    assert (young, found, deleted, sweep()) == (
        "deleted=0 gone=0",
        "found=3 gone=0",
        "deleted=3 gone=0",
        "found=0 gone=0",
    )
    assert kept == everything
    assert files_on(shelf) == sorted([*used, "theirs/export.xlsx"])
    assert not StoredFile.objects.filter(pk=unused.pk).exists()
    assert StoredFile.history.get(id=unused.pk, history_type="-").operation.reason == "orphaned_files"


def test_a_row_whose_file_is_gone_is_told_and_kept(db, shelf, sweep, office):
    stored = intake.take(paper(), counterparty=make_counterparty())
    (shelf / stored.storage_name).unlink()

    assert sweep("--delete") == "deleted=0 gone=1"
    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_a_draft_is_good_for_a_day_and_for_whoever_brought_it(anna, boris, shelf, monkeypatch):
    word = drafts.Draft.of(intake.look_at(paper()), anna).put_aside()

    assert drafts.Draft.read(word, anna).content() == paper().read()
    assert drafts.Draft.read(word, boris) is None
    assert drafts.Draft.read(word, None) is None
    assert drafts.Draft.read(word + "x", anna) is None
    monkeypatch.setattr(drafts, "GOOD_FOR", timedelta(seconds=-1))
    assert drafts.Draft.read(word, anna) is None
