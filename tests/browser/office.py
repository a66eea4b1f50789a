"""A small office to look at: dozens of counterparties in two scripts, six types of characteristics, history."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from characteristics.models import Element
from counterparties.domain import archiving, keeping
from counterparties.models import Contact, Contract, Counterparty, CounterpartyType, Note, Project, Status
from rights.domain.granting import copy_rights
from tests.factories import (
    make_characteristic,
    make_counterparty,
    make_nomenclature,
    make_type,
    new_counterparty,
    write_at_once,
)
from trail.domain.operations import operation

WORDS = (
    ("Черноморец", "София"), ("Ромашка", "Балкан"), ("Danube", "North Sea"), ("Розова долина", "Тракия"),
    ("Северное сияние", "Восток"), ("Bright Harbour", "Oak"), ("Янтра", "Средна гора"), ("Родник", "Заря"),
)  # fmt: skip
TRADES = ("ООД", "Trading Ltd", "Строй АД", "Логистика ООО", "Foods GmbH", "Инженеринг ЕООД", "Сервис")
LONG_NAME = "Национално сдружение на производителите и износителите на етеричномаслени и лекарствени култури „Долината“"


def furnish(users):
    """Settings and records; ``users`` is the cast. Gives what the walks need by name."""
    with operation("command", by=users.ivo):
        settings = make_settings()
    with operation("import", by=users.boris):
        many = make_many(settings)
    with operation("card", by=users.anna):
        shown = make_shown(settings, users)
    live(shown, settings, users)
    bank = make_counterparty("Дунавска банка АД", [CounterpartyType.objects.get(code="bank")], country="BG")
    state = CounterpartyType.objects.get(code="state-organisation")
    make_counterparty("Областна дирекция по безопасност на храните", [state], country="BG")
    gone = Counterparty.objects.get(name="Родник Сервис")
    archiving.archive(gone, by=users.anna, seen=gone.version, reason="Asked to be left alone")
    return SimpleNamespace(shown=shown, plain=many[0], bank=bank, gone=gone, **vars(settings))


def make_settings():
    """A subtype of clients that asks for everything there is to ask for."""
    client = CounterpartyType.objects.get(code="client")
    key = make_type("key-account", client, name="Key account", name_bg="Ключов клиент", name_ru="Ключевой клиент")
    copy_rights(client, key)
    segment = make_nomenclature("segment", "retail", "wholesale", "public", name="Segment")
    make_characteristic("motto", "text", client, name="Motto", name_bg="Девиз", name_ru="Девиз")
    make_characteristic("story", "long_text", client, name="Story", name_bg="История", name_ru="История")
    size = {"name": "Staff", "name_bg": "Служители", "name_ru": "Сотрудники", "unit": "people", "in_list": True}
    make_characteristic("size", "number", client, **size)
    make_characteristic("founded", "date", key, name="Founded", name_bg="Основана", name_ru="Основана")
    make_characteristic("vip", "checkbox", key, name="Very important", name_bg="Много важен", name_ru="Очень важный")
    chosen = {"name": "Segment", "name_bg": "Сегмент", "name_ru": "Сегмент", "in_list": True}
    make_characteristic("segment", "nomenclature", key, nomenclature=segment, **chosen)
    return SimpleNamespace(client=client, key=key, supplier=CounterpartyType.objects.get(code="supplier"))


def make_many(settings):
    """Enough for three pages of thirty rows."""
    statuses = list(Status.objects.all())
    names = [f"{word} {trade}" for pair in WORDS[:5] for word in pair for trade in TRADES]
    names += [f"{word} Сервис" for pair in WORDS[5:] for word in pair] + [LONG_NAME]
    combinations = [[settings.client], [settings.key], [settings.supplier], [settings.key, settings.supplier]]
    made = []
    for number, name in enumerate(names):
        facts = {
            "status": statuses[number % len(statuses)],
            "country": ("BG", "RU", "DE")[number % 3],
            "email": f"office{number}@example.com" if number % 5 else "",
            "phone": f"+359 2 900 {number:04d}",
        }
        made.append(new_counterparty(name, combinations[number % 4], **facts))
    write_at_once(made)
    old = timezone.now() - timedelta(days=90)
    Counterparty.objects.filter(pk__in=[each.pk for each in made[::3]]).update(created_at=old)
    return made


def make_shown(settings, users):
    """The one whose dossier is full."""
    shown = make_counterparty(
        "Черноморски риболов ООД",
        [settings.key, settings.supplier],
        code="CL-1",
        alias="Chernomorski ribolov",
        country="BG",
        registration_number="831641791",
        is_vat_registered=True,
        vat_number="BG831641791",
        email="office@chernomorski.example",
        phone="+359 52 900 100",
        website="https://chernomorski.example",
        comment="Delivers fish on Thursdays.\nAsk for Petar.",
    )
    contract_type = Element.objects.filter(nomenclature__code="contract-type").first()
    project = Project.objects.create(counterparty=shown, name="Cold store", starts_on=date(2025, 3, 1))
    Contact.objects.create(counterparty=shown, name="Петър Петров", job="Manager", email="p@chernomorski.example")
    Contact.objects.create(counterparty=shown, name="Ana Marin", job="Accountant", phone="+359 52 900 101", position=2)
    Note.objects.create(counterparty=shown, text="Pays on the day.", author=users.anna)
    Contract.objects.create(
        counterparty=shown, number="2025/17", project=project, contract_type=contract_type,
        starts_on=date(2025, 3, 1), ends_on=date(2027, 2, 28), amount=Decimal("12500.50"), currency="EUR",
    )  # fmt: skip
    return shown


def live(shown, settings, users):
    """Two people write on its card, so that there is history to read."""
    asked = {
        tie.characteristic.code: tie.characteristic for tie in [*settings.client.ties.all(), *settings.key.ties.all()]
    }
    segment = Element.objects.get(nomenclature__code="segment", code="wholesale")
    answers = {
        asked["motto"]: "Fresh every day",
        asked["story"]: "Began with one boat.\nNow has nine.",
        asked["size"]: Decimal("84"),
        asked["founded"]: date(1994, 5, 3),
        asked["vip"]: True,
        asked["segment"]: segment,
    }
    write(shown, {"comment": "Delivers fish on Fridays."}, answers, users.anna, "They called")
    write(shown, {"phone": "+359 52 900 200"}, {asked["size"]: Decimal("91.5")}, users.mila)


def write(counterparty, facts, answers, by, reason=""):
    """Save a card as the page does."""
    counterparty.refresh_from_db()
    seen = counterparty.version
    keeping.keep(counterparty, facts, counterparty.types, answers, by=by, seen=seen, reason=reason)
    counterparty.refresh_from_db()
