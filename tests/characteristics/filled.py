"""The forms of characteristics as somebody fills them in, and what counterparties say."""

from counterparties.models import Value

LIST = "/settings/characteristics/"


def say(counterparty, characteristic, said, place=0):
    """What a counterparty says, as its card would keep it."""
    columns = characteristic.type.stored(said)
    return Value.objects.create(counterparty=counterparty, characteristic=characteristic, place=place, **columns)


def typed(**facts):
    """The form of a new characteristic, as somebody fills it in."""
    return {"code": "motto", "type_code": "text", "name": "Motto", **facts}


def form_of(characteristic, **facts):
    """The form of one that exists, as the page shows it."""
    flags = {name: "on" for name in ("is_required", "is_multiple", "in_list") if getattr(characteristic, name)}
    tied = list(characteristic.ties.values_list("type__code", flat=True))
    shown = {
        "type_code": characteristic.type_code,
        "name": characteristic.name,
        "definition": characteristic.definition,
        "unit": characteristic.unit,
        "nomenclature": characteristic.nomenclature.code if characteristic.nomenclature else "",
        "types": tied,
        "types_shown": " ".join(tied),
        "version": characteristic.version,
    }
    return {**shown, **flags, **facts}
