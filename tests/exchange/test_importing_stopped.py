"""An import that stops: refused as a whole, cancelled, or taken back half way."""

from typing import Any

import pytest

from counterparties.models import Counterparty
from exchange.domain import importing, jobs
from exchange.domain.importing import taking
from exchange.models import Import
from tests.exchange.bringing import previewed, run, told
from trail.domain import meanwhile
from trail.domain.undoing import kinds
from trail.models import Operation


@pytest.fixture(autouse=True)
def _a_place_for_files(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_all_or_nothing_takes_in_nothing_when_a_row_is_refused(anna, client_type, monkeypatch):
    monkeypatch.setattr(taking, "PORTION", 1)

    of = run(previewed(anna, "code,name", "A1,Alfa", "A2,", "A3,Gama", is_whole=True))
    good = run(previewed(anna, "code,name", "A1,Alfa", "A3,Gama", is_whole=True))

    assert (of.state, of.trouble, of.rows_done) == ("failed", "1 row is refused, so nothing was taken in.", 0)
    assert [number for number, _outcome, _said in told(of)] == [3]
    assert (good.state, good.counts["new"], Counterparty.history.values("operation").distinct().count()) == (
        "done",
        2,
        1,
    )


def test_a_run_that_is_cancelled_keeps_whole_portions_and_may_go_on(anna, client_type, monkeypatch):
    monkeypatch.setattr(taking, "PORTION", 2)
    of = previewed(anna, "code,name", "A1,Alfa", ",Beta", ",Gama", "A4,Delta", "a1,Twin", "T1,Last")
    importing.run(of, by=anna)
    written = taking.write

    def cancelled_after(verdict, judge):
        written(verdict, judge)
        jobs.cancel(of.job)

    monkeypatch.setattr(taking, "write", cancelled_after)
    jobs.perform_waiting()
    of.refresh_from_db()
    first = of.operation
    assert meanwhile.going_on() == set()

    assert (of.state, of.rows_done, of.counts["new"]) == ("cancelled", 2, 2)
    assert "New: 2" in of.job.sentence
    assert importing.may_go_on(of)

    monkeypatch.setattr(taking, "write", written)
    importing.go_on(of, by=anna)
    assert meanwhile.now().unseen[0] == first.pk, "whoever looks now has not seen all of it"
    assert "still going on" in kinds.why_not_yet(first), "and it is not taken back meanwhile"
    jobs.perform_waiting()
    of.refresh_from_db()

    assert (of.state, of.rows_done, of.counts["new"], of.counts["refused"]) == ("done", 6, 5, 1)
    assert {row.operation for row in Counterparty.history.all()} == {of.operation} == {first}
    assert "Row 2 of this sheet" in told(of)[0][2]["reasons"][0][2], "what the first portion took is known again"


def test_what_is_taken_back_half_way_is_not_gone_on_with(anna, client_type, monkeypatch):
    monkeypatch.setattr(taking, "PORTION", 1)
    of = previewed(anna, "code,name", "A1,Alfa", "A2,Beta")
    importing.run(of, by=anna)
    written = taking.write

    def undone_after(verdict, judge):
        written(verdict, judge)
        Operation.objects.create(kind="undo", undoes_id=Counterparty.history.first().operation_id)

    monkeypatch.setattr(taking, "write", undone_after)
    jobs.perform_waiting()
    of.refresh_from_db()

    assert (of.state, of.rows_done, of.job.state) == ("failed", 1, "failed")
    assert "was taken back" in of.trouble
    assert not importing.may_go_on(of)


def test_a_run_whose_job_was_cancelled_while_it_waited_is_cancelled(anna, client_type):
    of = previewed(anna, "code,name", "A1,Alfa")
    importing.run(of, by=anna)
    jobs.cancel(of.job)
    of = Import.objects.get(pk=of.pk)

    importing.catch_up(of)

    jobs.perform_waiting()
    assert (of.state, of.rows_done, Counterparty.objects.exists()) == ("cancelled", 0, False)
