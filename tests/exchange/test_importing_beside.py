"""While an import judges its rows, everybody else works on; what they change meanwhile is judged again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from counterparties.domain import keeping
from counterparties.models import Counterparty, Status
from exchange.domain.importing import taking
from rights.domain.granting import revoke
from tests.exchange.test_importing import _a_place_for_files, previewed, run, told
from tests.factories import make_characteristic, make_counterparty
from trail.domain.operations import operation

__all__ = ["_a_place_for_files"]

HEAD = "code,name,phone"


@pytest.fixture
def judging(monkeypatch):
    """Portions of two rows; what somebody does while the first is judged, and the rows that are judged again, held."""
    monkeypatch.setattr(taking, "PORTION", 2)
    judge = taking.Taking._judge
    again: list[list[int]] = []
    acts: list = []

    def judged(self, portion, by):
        found = judge(self, portion, by)
        if by is self.holding:
            again.append([row.number for row in portion])
        elif acts:
            acts.pop()()
        return found

    monkeypatch.setattr(taking.Taking, "_judge", judged)
    return acts, again


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_a_colleague_changes_meanwhile_stays_and_its_row_is_judged_again(anna, client_type, judging, is_whole):
    acts, again = judging
    alfa = make_counterparty("Alfa", code="A1")
    acts.append(lambda: keeping.keep(alfa, {"email": "a@alfa.example"}, alfa.types, {}, by=anna, seen=1))

    of = run(previewed(anna, HEAD, "A1,Alfa,02 987 6543", "B1,Beta,", "C1,Gama,", is_whole=is_whole))

    alfa.refresh_from_db()
    assert (of.state, of.counts["new"], of.counts["changed"]) == ("done", 2, 1)
    assert (alfa.email, alfa.phone, alfa.version) == ("a@alfa.example", "02 987 6543", 3)
    assert again == [[2, 3]]


def test_whom_a_colleague_adds_meanwhile_is_not_added_twice(anna, client_type, judging):
    acts, again = judging
    acts.append(lambda: make_counterparty("Gama of Boris", code="C1"))

    of = run(previewed(anna, HEAD, "A1,Alfa,", "B1,Beta,", "c1,Gama,", ",Delta,", is_whole=True))

    assert (of.state, of.counts["new"], of.counts["changed"]) == ("done", 3, 1)
    assert Counterparty.objects.get(code_key="c1").name == "Gama"
    assert again == [[4, 5]]


def test_who_loses_a_right_meanwhile_takes_nothing_in(anna, client_type, judging):
    acts, again = judging
    acts.append(lambda: revoke(anna.groups.get(), client_type, ["add"]))

    of = run(previewed(anna, HEAD, "A1,Alfa,", "B1,Beta,", is_whole=True))

    assert (of.state, Counterparty.objects.count()) == ("failed", 0)
    assert [number for number, _outcome, _said in told(of)] == [2, 3]
    assert again == [[2, 3]]


def test_a_row_that_is_known_by_a_characteristic_is_judged_again_when_somebody_says_the_same(
    anna, client_type, judging
):
    acts, again = judging
    tax = make_characteristic("tax", "text", client_type)
    rila = make_counterparty("Rila", code="R1")
    acts.append(lambda: keeping.keep(rila, {}, rila.types, {tax: "T-9"}, by=anna, seen=rila.version))

    of = previewed(anna, "tax,name", "T-1,Alfa", "T-2,Beta", "t-9,Rila Ltd", is_whole=True, key="c-tax")
    run(of)

    assert (of.state, of.counts["new"], of.counts["changed"]) == ("done", 2, 1)
    assert again == [[4]]


@pytest.mark.django_db(transaction=True)
def test_a_colleague_saves_while_all_or_nothing_is_judged(transactional_db, anna, client_type, judging):
    acts, again = judging
    other, stopped = make_counterparty("Other", code="O1"), Status.objects.order_by("pk").last()

    def saves():
        try:
            return keeping.keep(other, {"status": stopped}, other.types, {}, by=anna, seen=other.version)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as colleague:
        acts.append(lambda: colleague.submit(saves).result(timeout=10))
        of = run(previewed(anna, HEAD, "A1,Alfa,", "B1,Beta,", "C1,Gama,", is_whole=True))

    other.refresh_from_db()
    assert (of.state, of.counts["new"], other.status, again) == ("done", 3, stopped, [])


def test_what_is_written_of_a_sheet_is_flat_in_memory_and_kept_in_order(anna, client_type, judging, monkeypatch):
    put = taking.Spool.put
    portions = []
    monkeypatch.setattr(taking.Spool, "put", lambda self, judged: (portions.append(judged.numbers), put(self, judged)))

    run(previewed(anna, HEAD, *(f",Firm {number}," for number in range(5)), is_whole=True))

    assert portions == [range(2, 4), range(4, 6), range(6, 7)]
    codes = list(Counterparty.objects.order_by("pk").values_list("name", "code"))
    assert [name for name, _code in codes] == [f"Firm {number}" for number in range(5)]
    assert [code for _name, code in codes] == sorted(code for _name, code in codes)


def test_nothing_of_it_is_left_when_it_ends_while_it_is_written(anna, client_type, judging, monkeypatch):
    write, written = taking.write, []

    def broken(decided, judge):
        if written:
            raise RuntimeError
        written.append(decided)
        write(decided, judge)

    monkeypatch.setattr(taking, "write", broken)
    of = previewed(anna, HEAD, "A1,Alfa,", "B1,Beta,", "C1,Gama,", is_whole=True)
    run(of)

    assert (len(written), Counterparty.objects.count(), Counterparty.history.count(), of.rows_done) == (1, 0, 0, 0)
    with operation("card", by=anna):
        assert make_counterparty("After", code="A1").code == "A1"


def test_a_row_that_says_what_nobody_shares_is_judged_again_when_somebody_says_it(anna, client_type, judging):
    acts, again = judging
    plate = make_characteristic("plate", "text", client_type, is_unique=True)
    rila = make_counterparty("Rila", code="R1")
    acts.append(lambda: keeping.keep(rila, {}, rila.types, {plate: "CA 9"}, by=anna, seen=rila.version))

    of = run(previewed(anna, "code,name,plate", "A1,Alfa,CA 1", "B1,Beta,ca 9"))

    assert (of.counts["new"], of.counts["refused"]) == (1, 1)
    assert again == [[2, 3]]
    assert "Rila (R1) has this already." in str(told(of)[0][2]["reasons"])
