"""An office of awkward counterparties, and what each of them would be counted under by somebody with a pencil."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from characteristics.models import Element
from counterparties.models import Address, Client, Counterparty, CounterpartyType, Membership, Status, Value
from counterparties.models.address import town_key
from desk.places import country_name
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type

TOWNS = ("София", "гр. София", "Sofia", "Пловдив", "Varna", "Varnava")


class AwkwardOffice:
    """Several types, several values, the archive, hidden types, stopped elements, and nothing said."""

    def __init__(self, how_many=40):
        self.chance = random.Random(7)
        types = {each.code: each for each in CounterpartyType.objects.all()}
        self.client, self.supplier, self.bank = types["client"], types["supplier"], types["bank"]
        self.retail = make_type("retail", self.client)
        self.holdings = [make_counterparty(name, [types["holding"]], code=name) for name in ("ALPHA", "BETA")]
        self.banks = [make_counterparty(name, [self.bank]) for name in ("Zqxwj Bank", "Qwzjx Bank")]
        self._ask()
        self.statuses = [None, *Status.objects.all()]
        for number in range(how_many):
            self._enter(number)

    def _ask(self):
        """What is asked of clients, of suppliers, and of banks alone."""
        segments = make_nomenclature("segments", "north", "south", "old")
        north = Element.objects.get(code="north")
        for place, code in enumerate(("north-west", "north-east"), start=4):
            Element.objects.create(nomenclature=segments, code=code, name=code.title(), parent=north, position=place)
        Element.objects.filter(code="old").update(stopped_at=timezone.now())
        self.elements = list(Element.objects.filter(nomenclature=segments))
        both = (self.client, self.supplier)
        self.asked = {
            "segment": make_characteristic("segment", "nomenclature", self.client, nomenclature=segments),
            "tastes": make_characteristic("tastes", "nomenclature", *both, nomenclature=segments, is_multiple=True),
            "vip": make_characteristic("vip", "checkbox", self.supplier),
            "size": make_characteristic("size", "number", self.client, unit="m²"),
            "sizes": make_characteristic("sizes", "number", self.client, is_multiple=True),
            "since": make_characteristic("since", "date", *both),
            "parent": make_characteristic("parent", "counterparty", self.client),
            "safe": make_characteristic("safe", "checkbox", self.bank),
        }

    def _enter(self, number):
        pick, some = self.chance.choice, self.chance.sample
        kinds = [[self.client], [self.supplier], [self.retail], [self.bank]]
        types = pick([*kinds, [self.client, self.supplier], [self.retail, self.bank], [self.supplier, self.bank]])
        made = make_counterparty(types=types, status=pick(self.statuses), country=pick(["BG", "BG", "RO", ""]))
        facts = {"created_at": datetime(2024, 1, 1, 21, 30, tzinfo=UTC) + timedelta(days=self.chance.randrange(800))}
        if not self.chance.randrange(4):
            facts["archived_at"] = timezone.now()
        Counterparty.objects.filter(pk=made.pk).update(**facts)
        for kind in some(("company", "delivery"), self.chance.randrange(3)):
            Address.objects.create(counterparty=made, kind=kind, city=pick(TOWNS))
        if number % 3 == 0:
            for holding in some(self.holdings, self.chance.randrange(1, 3)):
                until = pick([None, timezone.localdate() - timedelta(days=9)])
                Membership.objects.create(holding=holding, member=made, until=until)
        if self.client in types:
            Client.objects.get_or_create(counterparty=made)
        # Whatever types they bear now: what a card does not show any more is kept.
        said = {
            "segment": {"element": pick(self.elements)},
            "vip": {"flag": pick([True, False])},
            "size": {"number": Decimal(self.chance.randrange(-500, 5000)) / 4},
            "since": {"day": date(2020, 1, 31) + timedelta(days=self.chance.randrange(1500))},
            "parent": {"target": pick([*self.holdings, made, *self.banks])},
            "safe": {"flag": True},
        }
        for code in some(sorted(said), self.chance.randrange(len(said))):
            Value.objects.create(counterparty=made, characteristic=self.asked[code], **said[code])
        for place, element in enumerate(some(self.elements, self.chance.randrange(4))):
            Value.objects.create(counterparty=made, characteristic=self.asked["tastes"], element=element, place=place)
        for place in range(self.chance.randrange(3)):
            value = {"number": Decimal(self.chance.randrange(100)), "place": place}
            Value.objects.create(counterparty=made, characteristic=self.asked["sizes"], **value)


class Pencil:
    """Tells under which labels one counterparty stands, as one reader may know it."""

    def __init__(self, office, decision):
        self.office, self.decision = office, decision
        self.visible = decision.type_ids("view")
        self.seen = set(decision.counterparties("view").values_list("pk", flat=True))
        self.said, self.towns, self.joined = defaultdict(list), defaultdict(set), defaultdict(set)
        for each in Value.objects.select_related("characteristic", "element__parent", "target"):
            self.said[each.counterparty_id, each.characteristic_id].append(each.characteristic.type.value(each))
        for each in Address.objects.all():
            self.towns[each.counterparty_id].add(town_key(each.city))
        for each in Membership.objects.on(timezone.localdate()).select_related("holding"):
            if each.holding_id in self.seen:
                self.joined[each.member_id].add(each.holding.name)
        self.asked = {}

    def of(self, key, one):
        code, _dot, ending = key.removeprefix("c-").partition(".")
        if key.startswith("c-"):
            return self._said(self.office.asked[code], one, ending) if self._is_seen(code, one) else {UNASKED}
        return set(getattr(self, f"_{code}")(one, ending)) or {NOTHING}

    def _is_seen(self, code, one):
        if one.type_set_id not in self.asked:
            types = [each for each in one.types if each.pk in self.visible]
            found = {each.characteristic.pk for each in self.decision.tree.asked_of(types)}
            self.asked[one.type_set_id] = found
        return self.office.asked[code].pk in self.asked[one.type_set_id]

    def _said(self, characteristic, one, ending):
        found = set()
        for value in self.said[one.pk, characteristic.pk]:
            found |= set(self._labels(characteristic, value, ending))
        return found or {NOTHING}

    def _labels(self, characteristic, value, ending):
        if isinstance(value, Element):
            return {value.name, value.parent.name} if value.parent else {value.name}
        if isinstance(value, bool):
            return {"Yes" if value else "No"}
        if isinstance(value, Counterparty):
            return {value.name if value.pk in self.seen else HIDDEN}
        return {period(value, ending)} if ending else {value}

    def _status(self, one, _ending):
        return [one.status.name] if one.status else ["No status"]

    def _type(self, one, _ending):
        seen = [each for each in one.types if each.pk in self.visible]
        line = {each for type_ in seen for each in self.decision.tree.lineage(type_)}
        return [each.name for each in line if each.pk in self.visible]

    def _kind(self, one, _ending):
        return [str(each.kind.plural) for each in one.types if each.pk in self.visible]

    def _country(self, one, _ending):
        return [country_name(one.country)] if one.country else []

    def _city(self, one, _ending):
        return self.towns[one.pk]

    def _holding(self, one, _ending):
        return self.joined[one.pk]

    def _created(self, one, ending):
        return [period(timezone.localtime(one.created_at).date(), ending)]


NOTHING, UNASKED, HIDDEN = "Nothing said", "Not asked of their types", "Counterparties you may not view"


def period(day, ending):
    return {"month": f"{day:%B %Y}", "quarter": f"Q{(day.month + 2) // 3} {day.year}", "year": str(day.year)}[ending]
