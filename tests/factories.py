"""Short ways to make what a test needs, in the office's words."""

from itertools import count
from typing import Any

from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.domain import keeping
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Counterparty, CounterpartyType, Status, TypeCharacteristic
from staff.models import User
from trail.domain import in_bulk

_number = count(1)


def make_type(code: str, parent: CounterpartyType, **facts: Any) -> CounterpartyType:
    """A subtype."""
    facts = {"name": code.capitalize(), "kind_code": parent.kind_code, **facts}
    return CounterpartyType.objects.create(code=code, parent=parent, **facts)


def make_counterparty(name: str = "", types: list[CounterpartyType] | None = None, **facts: Any) -> Counterparty:
    """A counterparty of these types (a client when nothing is said), with the default status."""
    made = new_counterparty(name, types, **facts)
    made.save()
    return made


def new_counterparty(name: str = "", types: list[CounterpartyType] | None = None, **facts: Any) -> Counterparty:
    """The same, not written yet."""
    number = next(_number)
    types = types or [CounterpartyType.objects.get(code="client")]
    if "status" not in facts:
        facts["status"] = Status.objects.filter(is_default=True).first()
    facts.setdefault("code", f"T{number:05d}")
    return Counterparty(name=name or f"Counterparty {number}", type_set=type_set_of(types), **facts)


def write_at_once(new: list[Counterparty]) -> None:
    """As imports write them, in a tenth of the time that saving them takes."""
    for each in new:
        each.derive()
    in_bulk.add(new)


def make_nomenclature(code: str, *elements: str, **facts: Any) -> Nomenclature:
    """A nomenclature with elements whose codes are given; names are the codes with a capital."""
    made = Nomenclature.objects.create(code=code, name=facts.pop("name", code.capitalize()), **facts)
    for position, element in enumerate(elements, start=1):
        Element.objects.create(nomenclature=made, code=element, name=element.capitalize(), position=position)
    return made


def make_characteristic(code: str, type_code: str = "text", *types: CounterpartyType, **facts: Any) -> Characteristic:
    """A characteristic tied to these types."""
    made = Characteristic.objects.create(
        code=code, type_code=type_code, name=facts.pop("name", code.capitalize()), **facts
    )
    for each in types:
        TypeCharacteristic.objects.create(type=each, characteristic=made, position=each.ties.count() + 1)
    return made


def let_in(counterparty: Counterparty, *, by: User, password: str = "chosen-by-a-client") -> User:
    """Its card says that it may log in, and the password is chosen; the user it logs in as."""
    allowed = {"login_allowed": True}
    counterparty.refresh_from_db()
    keeping.keep(counterparty, {}, counterparty.types, {}, by=by, seen=counterparty.version, client=allowed)
    user = User.objects.get(access__counterparty=counterparty)
    user.set_password(password)
    user.save(update_fields=["password"])
    counterparty.refresh_from_db()
    return user
