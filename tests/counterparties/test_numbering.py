"""The codes of counterparties that come without one."""

import threading

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from counterparties.domain import numbering
from counterparties.domain.starting import start_counterparties
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Counterparty, CounterpartyType, Status
from desk.databases import attempt
from tests.factories import make_counterparty
from trail.domain.operations import operation


def unsaved(client_type, **facts):
    return Counterparty(name="Nova", type_set=type_set_of([client_type]), **facts)


def test_codes_follow_one_another(office):
    assert [numbering.next_code(), numbering.next_code()] == ["C10001", "C10002"]


def test_an_import_takes_its_codes_at_once(office, django_assert_num_queries):
    numbering.next_code()

    with django_assert_num_queries(6):  # savepoint around, sequence found, moved and read, codes in use
        codes = numbering.take(300)

    assert codes == [f"C{number}" for number in range(10_002, 10_302)]


def test_a_code_typed_by_hand_is_stepped_over_in_any_case_of_letters(client_type):
    make_counterparty(code="c10002")

    assert numbering.take(3) == ["C10001", "C10003", "C10004"]


def test_an_archived_counterparty_keeps_its_code(client_type):
    make_counterparty(code="C10001", archived_at=timezone.now())

    assert numbering.next_code() == "C10002"


def test_a_long_run_of_typed_codes_is_stepped_over(client_type):
    for number in range(10_001, 10_041):
        make_counterparty(code=f"C{number}")

    assert numbering.take(2) == ["C10041", "C10042"]


def test_a_counterparty_without_a_code_is_saved_under_the_next_one(client_type):
    made = unsaved(client_type)

    with operation("card", by=None):
        numbering.save_numbered(made)

    assert made.code == "C10001"
    assert made.history.get().code == "C10001"


def test_a_typed_code_is_kept_as_written(client_type):
    made = unsaved(client_type, code="BRK.B")

    numbering.save_numbered(made)

    assert made.code == "BRK.B"


def test_a_code_typed_by_a_colleague_a_moment_ago_is_not_given_again(client_type, monkeypatch):
    make_counterparty(code="C10001")
    seen, real = [], numbering._in_use

    def blind_at_first(codes):
        """As on PostgreSQL, where the colleague's row is not visible before they have saved."""
        seen.append(codes)
        return set() if len(seen) == 1 else real(codes)

    monkeypatch.setattr(numbering, "_in_use", blind_at_first)
    made = unsaved(client_type)

    with operation("card", by=None):
        numbering.save_numbered(made)

    assert made.code == "C10002"
    assert made.history.count() == 1


def test_another_collision_than_the_codes_is_the_callers_to_tell(client_type):
    make_counterparty(registration_number="175074752", country="BG")
    made = unsaved(client_type, registration_number="175074752", country="BG")

    with pytest.raises(IntegrityError), operation("card", by=None):
        numbering.save_numbered(made)

    assert made.code == ""


@pytest.mark.django_db(transaction=True)
def test_people_who_save_at_once_never_get_the_same_code():
    with operation("command", by=None):
        start_counterparties()
    client_type, failures = CounterpartyType.objects.get(code="client"), []
    sets, status = type_set_of([client_type]), Status.objects.get(is_default=True)

    def save(name):
        with operation("card", by=None):
            numbering.save_numbered(Counterparty(name=name, type_set=sets, status=status))

    def clerk(name):
        try:
            for number in range(5):
                # Patient, for the tests' SQLite lives in memory, where nobody waits for a lock.
                attempt(lambda: save(f"{name} {number}"), times=60)  # noqa: B023 -- called at once
        except Exception as wrong:
            failures.append(wrong)
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk, args=(name,)) for name in ("Anna", "Boris", "Mila")]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()

    assert failures == []
    assert Counterparty.objects.values("code_key").distinct().count() == 15
