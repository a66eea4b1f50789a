"""A large list is taken along by a job: made with the rights of its owner, for its owner alone."""

import io
from urllib.parse import parse_qsl, urlsplit

import openpyxl
import pytest

from exchange.domain import jobs
from exchange.models import Export, Job
from rights.domain.granting import revoke
from tests.factories import make_counterparty


def body(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def firms(client_type, supplier_type, settings):
    settings.LARGE_SHEET_ROWS = 2
    for code in ("RILA", "DAN", "RHI"):
        make_counterparty(code.title(), code=code)
    make_counterparty("Elbe", [supplier_type], code="ELB")


@pytest.fixture
def desk(client, anna, firms):
    client.force_login(anna)
    return client


def put_into_the_queue(desk, address="/clients/?columns=code&columns=name", ending="xlsx"):
    answer = desk.post("/exports/new/", {"list": address, "format": ending, "confirmed": "1"})
    assert answer.status_code == 303
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/"
    return job


def test_the_button_of_a_large_list_asks_first_and_programs_get_it_at_once(desk):
    page = desk.get("/clients/?columns=code")

    small = desk.get("/clients/?columns=code&q=rila")
    onward = desk.get(page.context["xlsx_url"])

    assert page.context["xlsx_url"] == "/clients/sheet.xlsx?columns=code&large=ask"
    assert small.context["xlsx_url"] == "/clients/sheet.xlsx?q=rila&columns=code"
    told = urlsplit(onward["Location"])
    assert (onward.status_code, told.path) == (302, "/exports/new/")
    assert dict(parse_qsl(told.query)) == {"list": "/clients/?columns=code", "format": "xlsx"}
    asked = desk.get(onward["Location"]).content.decode()
    assert "“Clients” has more than 2 rows." in asked
    assert not Export.objects.exists()
    assert not Job.objects.exists()
    assert body(desk.get("/clients/sheet.csv?columns=code")).count(b"\r\n") == 4


def test_a_job_makes_the_sheet_for_its_owner_alone(desk, anna, boris, admin):
    job = put_into_the_queue(desk)
    # A worker had begun it and was killed.
    killed = Export.objects.create(user=anna, job=job, code="clients", title="Clients", through="job")

    jobs.perform_waiting()

    job.refresh_from_db()
    killed.refresh_from_db()
    assert killed.state == "broken"
    receipt = Export.objects.exclude(pk=killed.pk).get()
    assert (job.state, job.sentence, job.address) == ("done", "3 rows.", receipt.get_absolute_url())
    assert (receipt.state, receipt.through, receipt.job, receipt.rows, receipt.user) == (
        "complete",
        "job",
        job,
        3,
        anna,
    )
    content = body(desk.get(job.file.get_absolute_url()))
    assert (job.file.sha256, job.file.size) == (receipt.sha256, len(content))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert list(book["Clients"].iter_rows(values_only=True)) == [
        ("Code", "Name"), ("DAN", "Dan"), ("RHI", "Rhi"), ("RILA", "Rila")
    ]  # fmt: skip
    assert f'href="{job.file.get_absolute_url()}"' in desk.get(receipt.get_absolute_url()).content.decode()
    for other in (boris, admin):
        desk.force_login(other)
        assert desk.get(job.file.get_absolute_url()).status_code == 404
    # Nor does whoever looks as her take it along, nor anybody once its job is gone.
    assert desk.post("/settings/rights/look/", {"person": "anna"}).status_code == 303
    assert desk.get(receipt.get_absolute_url()).status_code == 200
    assert desk.get(job.file.get_absolute_url()).status_code == 404
    Job.objects.all().delete()
    for anybody in (anna, boris, admin):
        desk.force_login(anybody)
        assert desk.get(job.file.get_absolute_url()).status_code == 404


def test_the_rights_are_asked_when_it_is_made_and_when_it_is_fetched(desk, anna, client_type):
    role = anna.groups.get()
    job = put_into_the_queue(desk)
    jobs.perform_waiting()
    job.refresh_from_db()

    revoke(role, client_type, ["export"])

    assert desk.get(job.file.get_absolute_url()).status_code == 404
    assert desk.get("/exports/new/").status_code == 403
    late = jobs.enqueue("export", by=anna, about="late", said={"list": "/clients/", "format": "csv"})
    jobs.perform_waiting()
    late.refresh_from_db()
    assert (late.state, late.file, late.problem) == ("failed", None, "You lack a right that this needs.")
    assert Export.objects.count() == 1


def test_a_job_that_is_stopped_keeps_no_file_and_nobody_left_in_it(desk, monkeypatch):
    job = put_into_the_queue(desk, ending="csv")

    def stop(work, done, total=0):
        raise jobs.Cancelled

    monkeypatch.setattr(jobs.Work, "progress", stop)
    jobs.perform_waiting()

    job.refresh_from_db()
    receipt = Export.objects.get()
    assert (job.state, job.file) == ("cancelled", None)
    assert (receipt.state, receipt.blocks.count()) == ("broken", 0)
    assert "nobody had it" in desk.get(receipt.get_absolute_url()).content.decode()


def test_what_is_no_list_or_no_format_cannot_be_made(desk, vera):
    wrong = ({"list": "/settings/"}, {"list": "https://evil.example/clients/"}, {"format": "pdf"})

    assert [desk.get("/exports/new/", each).status_code for each in wrong] == [404, 404, 404]
    desk.force_login(vera)
    assert desk.post("/exports/new/", {"confirmed": "1"}).status_code == 403
