"""Every sort of act is done, taken back and taken back again: the books say each time what they said before."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from characteristics.domain import shaping as characteristic_settings
from characteristics.domain import shaping_elements
from characteristics.domain.pasting import Line
from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.domain import (
    agreements,
    archiving,
    bank_accounts,
    belongings,
    documents,
    keeping,
    notes,
    shaping,
    views,
)
from counterparties.domain.inheritance import TypeTree
from counterparties.domain.joining import acting
from counterparties.domain.joining import plan as joining_plan
from counterparties.models import (
    Address,
    BankAccount,
    Contact,
    Contract,
    Counterparty,
    CounterpartyType,
    Document,
    Membership,
    Note,
    Project,
    SavedView,
    Status,
    Value,
)
from desk import ordering
from exchange.domain import bulk
from exchange.domain.change import Change
from files.domain import intake
from rights.domain import granting, matrix, policy
from rights.models import Grant
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.domain import settings as acts
from trail.domain.changes import recorded
from trail.domain.undoing.asked import Asked
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.whole import take_back
from trail.models import Operation

REGISTER = "/counterparties/"


def books() -> dict[str, list[Any]]:
    """Everything that can be taken back, record by record; values and ticks of the matrix by what they say."""
    found = {}
    for undoing in undoings:
        if not undoing.never:
            nameless = undoing.model in (Value, Grant)
            columns = [field.attname for field in recorded(undoing.model) if not (nameless and field.primary_key)]
            found[undoing.code] = sorted(undoing.model._base_manager.values_list(*columns), key=repr)
    return found


def test_every_recorded_model_is_taken_back_or_says_why_not(db):
    models = [model for model in apps.get_models() if hasattr(model, "history") and "history_id" not in vars(model)]
    missing = [model._meta.label for model in models if model._meta.label not in undoings]

    names = [undoing.name for undoing in undoings]
    assert (missing, len(names)) == ([], len(set(names)))
    assert all(bool(undoing.ground) != bool(undoing.never) for undoing in undoings)


class House:
    """An office in which everything can be done to something."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.client, self.supplier, self.holding_type = (
            CounterpartyType.objects.get(code=code) for code in ("client", "supplier", "holding")
        )
        self.retail = make_type("retail", self.client)
        self.size = make_characteristic("size", "number", self.client)
        self.tags = make_characteristic("tags", "text", self.client, is_multiple=True)
        self.boss = make_characteristic("boss", "counterparty", self.client)
        self.grades = make_nomenclature("grade", "a", "b", "c")
        self.grade = make_characteristic("grade", "nomenclature", self.client, nomenclature=self.grades)
        for model in (Characteristic, Nomenclature):
            ordering.number(model.objects.all())
        self.one, self.two, self.group = (
            make_counterparty("One", [self.client], registration_number="131071587", country="BG"),
            make_counterparty("Two", [self.client]),
            make_counterparty("Group", [self.holding_type]),
        )
        self.card(self.one, answers={self.tags: ["x", "y", "z"], self.grade: Element.objects.get(code="a")})
        self.contact = self.hang(Contact, name="Ana")
        self.address = self.hang(Address, kind="company", city="Sofia")
        self.account = self.hang(BankAccount, number="BG80BNBG96611020345678", currency="EUR", is_main=True)
        self.second = self.hang(BankAccount, number="DE89370400440532013000", currency="EUR")
        self.project = self.hang(Project, name="Roof", code="P1")
        self.contract = self.hang(Contract, number="7", project=self.project, amount="10.50", currency="EUR")
        self.note = self.hang(Note, text="Quiet", author=by)
        paper = intake.take(SimpleUploadedFile("Offer.txt", b"An offer."), counterparty=self.one)
        self.document = self.hang(Document, file=paper, uploaded_by=by)
        self.member = belongings.add(Membership(holding=self.group, member=self.one, since=date(2020, 1, 1)), by=by)

        self.quick, self.whole = self.view("Quick", is_default=True), self.view("Whole")

    def view(self, name: str, **facts: Any) -> SavedView:
        return views.add(self.by, REGISTER, [("status", "active")], {"name": name, **facts})

    def hang(self, model: Any, **facts: Any) -> Any:
        return belongings.add(model(counterparty=self.one, **facts), by=self.by)

    def card(self, one: Counterparty, facts: Any = None, types: Any = None, answers: Any = None, **more: Any) -> None:
        one.refresh_from_db()
        keeping.keep(one, facts or {}, types or [self.client], answers or {}, by=self.by, seen=one.version, **more)

    def fresh(self, thing: Any) -> Any:
        return type(thing).objects.get(pk=thing.pk)

    def edit(self, thing: Any, first: Any = lambda kept: None, **facts: Any) -> None:
        guard = thing.counterparty if isinstance(thing, Address | BankAccount) else thing
        guard.refresh_from_db()
        belongings.keep(thing, facts, guard=guard, seen=guard.version, by=self.by, first=first)

    def readers(self, *roles: str) -> Callable[[Any], None]:
        return lambda note: notes.set_readers(note, Group.objects.filter(name__in=roles))

    def keep_note(self) -> None:
        self.note.refresh_from_db()
        belongings.keep(
            self.note,
            {"text": "Loud", "audience": "roles"},
            guard=self.note,
            seen=self.note.version,
            by=self.by,
            then=self.readers("Sales"),
        )

    def bulk(self, **change: Any) -> None:
        bulk.run([self.one.pk, self.two.pk], Change(**change), policy.for_user(self.by), by=self.by)

    def status(self, code: str) -> Status:
        return Status.objects.get(code=code)

    def matrix(self) -> None:
        sales = Group.objects.get(name="Sales").pk
        shown = matrix.state([self.client.pk, self.supplier.pk])
        wanted = {(sales, self.client.pk): {"export": False}, (sales, self.supplier.pk): {"edit": True}}
        matrix.confirm(wanted, shown, by=self.by, reason="New year")

    def join(self) -> None:
        """All that hangs on the one hangs on the other, which takes its number, its card and its answers over."""
        goes, stays = (Counterparty.objects.get(pk=each.pk) for each in (self.one, self.two))
        decision = policy.for_user(self.by)
        differences = joining_plan.Plan(stays, goes, decision).compared.differences
        choice = joining_plan.Choice({each.key: each.options[-1] for each in differences})
        acting.join(stays, goes, choice, decision, by=self.by, seen=(stays.version, goes.version))

    # ---- what is done, one operation each

    def acts(self) -> dict[str, Callable[[], object]]:
        by = self.by
        return {
            "facts": lambda: self.card(self.one, {"name": "Other", "registration_number": "", "email": "a@b.bg"}),
            "types": lambda: self.card(self.one, types=[self.retail, self.supplier]),
            "values": lambda: self.card(self.one, answers={self.tags: ["z"], self.size: 5, self.grade: None}),
            "pointing": lambda: self.card(self.one, answers={self.boss: self.two}),
            "as a client": lambda: self.card(
                self.one, client={"company_name": "Firm"}, places={"delivery": {"city": "Ruse"}}
            ),
            "archive": lambda: archiving.archive(
                self.one, by=by, seen=Counterparty.objects.get(pk=self.one.pk).version
            ),
            "joined": self.join,
            "a new contact": lambda: self.hang(Contact, name="Bo"),
            "a contact changed": lambda: self.edit(self.contact, name="Anna", job="Boss"),
            "a contact removed": lambda: belongings.remove(self.contact, by=by),
            "an address changed": lambda: self.edit(self.address, city="Varna"),
            "an address removed": lambda: belongings.remove(self.address, by=by, first=keeping.claim_card),
            "an account closed": lambda: bank_accounts.close(self.fresh(self.account), by=by),
            "another main account": lambda: self.edit(self.second, first=bank_accounts.make_room, is_main=True),
            "an account removed": lambda: belongings.remove(self.account, by=by, first=keeping.claim_card),
            "a project given up": lambda: agreements.give_up(self.project, by=by),
            "a contract changed": lambda: self.edit(self.contract, amount=None, number="8"),
            "a new note": lambda: belongings.add(
                Note(counterparty=self.one, text="Psst", author=by, audience="roles"), by=by, then=self.readers("Sales")
            ),
            "a note changed": self.keep_note,
            "a note removed": lambda: belongings.remove(self.note, by=by),
            "a document deleted": lambda: documents.delete(self.document, by=by),
            "a membership ended": lambda: self.edit(self.member, until=date(2021, 1, 1)),
            "a membership removed": lambda: belongings.remove(self.member, by=by),
            "bulk": lambda: self.bulk(
                facts={"status": self.status("on-hold")}, added=[self.supplier], answers={self.tags: ["x"]}
            ),
            "bulk archive": lambda: self.bulk(archives=True),
            "a new status": lambda: shaping.add_status(Status(code="fresh", name="Fresh"), by=by, place=2),
            "the default status": lambda: shaping.keep_status(
                self.status("on-hold"), {"is_default": True}, by=by, seen=self.status("on-hold").version, place=None
            ),
            "a status moved": lambda: acts.step(self.status("on-hold"), shaping.places_of_statuses(), -1, by=by),
            "a status stopped": lambda: acts.stop(self.status("on-hold"), by=by),
            "a status deleted": lambda: acts.delete(
                self.status("unreliable"), by=by, is_used=lambda going: False, places=shaping.places_of_statuses()
            ),
            "a new type": lambda: shaping.add_type(
                CounterpartyType(code="vip", name="Vip", kind_code="client", parent=self.client),
                [self.size],
                by=by,
                then=lambda made: granting.copy_rights(self.client, made),
            ),
            "a type moved": lambda: shaping.keep_type(
                self.retail, {"parent": self.client, "position": 7}, [self.size], by=by, seen=1
            ),
            "a new characteristic": lambda: characteristic_settings.add_characteristic(
                Characteristic(code="box", name="Box", type_code="nomenclature"),
                ["client"],
                [Line(1, "s", "Small"), Line(2, "l", "Large")],
                by=by,
            ),
            "a new nomenclature": lambda: characteristic_settings.add_nomenclature(
                Nomenclature(code="colour", name="Colour"), [Line(1, "red", "Red"), Line(2, "blue", "Blue")], by=by
            ),
            "an element moved": lambda: shaping_elements.step(Element.objects.get(code="c"), -1, by=by),
            "an element deleted": lambda: shaping_elements.delete(Element.objects.get(code="b"), by=by),
            "the matrix": self.matrix,
            "a new view": lambda: self.view("Slow", is_default=True),
            "a view shown otherwise": lambda: views.ask_anew(self.quick, [("status", "on-hold")]),
            "a view shared": lambda: views.change(self.quick, {"role": Group.objects.get(name="Sales")}),
            "a view moved": lambda: views.step(self.quick, 1),
            "a view deleted": lambda: views.delete(self.quick),
            "the columns of a list": lambda: views.remember_columns(by, REGISTER, ["code"]),
        }


@pytest.fixture
def house(admin, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return House(admin)


def undo(by: Any) -> None:
    take_back(Operation.objects.latest("pk"), Asked(), policy.for_user(by), by=by, digest=None)


def test_every_act_is_taken_back_and_what_came_or_went_is_taken_back_again(house, admin):
    different, before, again = [], books(), []
    for name, act in house.acts().items():
        act()
        after = books()
        undo(admin)
        different += [name] if before == after or books() != before else []
        # Facts are the same from both sides; records that came or went are not.
        if name in ("facts", "bulk archive") or any(len(before[code]) != len(after[code]) for code in before):
            undo(admin)
            again.append(name)
            different += [f"{name}, again"] if books() != after else []
            undo(admin)

    assert different == []
    assert len(again) > 15
    assert TypeTree().by_code.keys() >= {"client", "retail"}
