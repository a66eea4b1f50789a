"""The statuses as their pages show them."""

from counterparties.models import Status

LIST = "/settings/statuses/"
CODES = ["active", "contract-signed", "negotiating", "on-hold", "inactive", "unreliable"]


def order():
    return list(Status.objects.order_by("position").values_list("code", flat=True))


def places():
    return sorted(Status.objects.values_list("position", flat=True))


def read(desk, code):
    """What a browser would send of the form as it was just read."""
    form = desk.get(f"{LIST}{code}/edit/").context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}
