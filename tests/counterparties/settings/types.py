"""The types as their pages show them."""

from counterparties.models import TypeCharacteristic

LIST = "/settings/types/"
NEW = f"{LIST}new/"


def read(desk, code):
    """What a browser would send of the form as it was just read."""
    form = desk.get(f"{LIST}{code}/edit/").context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


def rows(desk, question=""):
    return {row.type.code: row for row in desk.get(f"{LIST}{question}").context["rows"]}


def own(code):
    ties = TypeCharacteristic.objects.filter(type__code=code).order_by("position")
    return [(each.characteristic.code, each.position) for each in ties.select_related("characteristic")]
