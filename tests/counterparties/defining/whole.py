"""A file of implementers with everything in it, and what a type asks."""

from pathlib import Path

from counterparties.models import CounterpartyType

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"
WHOLE = """
nomenclatures:
  - code: grade
    name: Grade
    elements: [{code: b1, name: Beta one, parent: b}, {code: a, name: Alpha}, {code: b, name: Beta}]
characteristics:
  - {code: motto, type: text, name: Motto, definition: "Said on every letter", required: false, in_list: true}
  - {code: grade, type: nomenclature, name: {en: Grade, bg: Клас, ru: Класс}, nomenclature: grade}
  - {code: weight, type: number, name: Weight, unit: kg, several: true}
types:
  - {code: kiosk, parent: retail, name: Kiosk}
  - {code: client, characteristics: [motto, grade]}
  - {code: retail, parent: client, name: Retail client, position: 10, characteristics: [weight]}
"""


def characteristics_of(code):
    return list(CounterpartyType.objects.get(code=code).ties.values_list("characteristic__code", "position"))
