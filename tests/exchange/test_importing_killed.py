"""An import whose worker is killed: real processes on a real database."""

import os
import signal
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from counterparties.models import Client, Counterparty, CounterpartyType, Value
from exchange.domain import importing
from exchange.models import Import, Worker
from staff.models import User
from tests import first_day
from tests.exchange.slow_import import PORTION
from tests.exchange.test_jobs_killed import ROOT, address, until
from tests.factories import make_characteristic
from trail.models import Operation

ROWS = 200


@pytest.fixture
def office_at_work(transactional_db, tmp_path, settings):
    """An office on its first day with two workers; ended with the test, whatever became of them."""
    settings.MEDIA_ROOT = tmp_path / "media"
    first_day.open_office()
    facts = {"DATABASE_URL": address(), "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    command = [sys.executable, "-m", "tests.exchange.slow_import"]
    both = [subprocess.Popen(command, cwd=ROOT, env=os.environ | facts) for _ in range(2)]
    yield {each.pid: each for each in both}
    for each in both:
        each.kill()
        each.wait()


def sheet():
    """With and without codes; the last rows say what the first ones took."""
    lines = [
        f"{f'K{number}' if number % 3 else ''},Firm {number},Motto {number},Tax {number}" for number in range(ROWS)
    ]
    return [*lines[:-3], "k1,Twin,,", ",Firm 0,,", "K4,Firm 4,Motto 4,Tax 4"]


def test_a_killed_import_goes_on_with_no_row_missing_half_or_twice(office_at_work):
    admin = User.objects.create_superuser("admin", password="admin-demo", language="en")
    motto = make_characteristic("motto", "text", CounterpartyType.objects.get(code="client"))
    content = "\n".join(["code,name,motto,tax_name", *sheet()]).encode()
    of = importing.receive(SimpleUploadedFile("many.csv", content), by=admin, types=["client"])
    importing.preview(of)
    until(lambda: Worker.objects.count() == 2)
    importing.run(of, by=admin)
    now = Import.objects.select_related("job").filter(pk=of.pk)

    until(lambda: now.get().rows_done >= 3 * PORTION)
    killed = int(now.get().job.worker.rpartition(":")[2])
    office_at_work[killed].send_signal(signal.SIGKILL)
    office_at_work[killed].wait()
    left, written = now.get(), Counterparty.objects.count()
    until(lambda: now.get().is_over)

    done = now.get()
    assert (written, left.rows_done % PORTION) == (left.counts["new"], 0)
    assert 0 < written < ROWS - 3
    assert (done.state, done.rows_done, done.job.tries) == ("done", ROWS, 2)
    assert [done.counts[each] for each in ("new", "changed", "same", "refused")] == [ROWS - 3, 0, 0, 3]
    assert list(done.outcomes.values_list("number", "outcome")) == [(number, "refused") for number in (199, 200, 201)]
    for model in (Counterparty, Value, Client):
        assert (model.objects.count(), model.history.count()) == (ROWS - 3, ROWS - 3)
        assert {row.operation_id for row in model.history.all()} == {left.operation_id} == {done.operation_id}
    assert Operation.objects.filter(kind="import").count() == 1
    said = set(Value.objects.filter(characteristic=motto).values_list("counterparty__name", "text"))
    assert said == {(f"Firm {number}", f"Motto {number}") for number in range(ROWS - 3)}
