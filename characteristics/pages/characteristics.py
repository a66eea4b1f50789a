"""The settings of characteristics: their list, and what is done to one of them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from characteristics.domain import nomenclatures, shaping, usage
from characteristics.domain.usage import Carrier, Filled, Use
from characteristics.models import Characteristic
from desk.ordering import Places
from desk.pages import settings
from desk.pages.answers import show
from desk.pages.settings_form import NAMES
from trail.pages.settings_acts import SettingsActs

LIST = "/settings/characteristics/"


class CharacteristicActs(SettingsActs):
    tab, model = "characteristics", Characteristic

    def places(self, thing: Characteristic) -> Places:
        return shaping.places_of_characteristics()

    def is_used(self, thing: Characteristic) -> bool:
        return usage.characteristic_is_used(thing)

    def uses(self, thing: Characteristic) -> list[Use]:
        return usage.uses_of_characteristic(thing)

    def hindrance(self, thing: Characteristic, act: str) -> str:
        return shaping.implementers_only(thing.type) if is_system(thing) else ""


acts = CharacteristicActs()


def is_system(characteristic: Characteristic) -> bool:
    """Made and changed by implementers only."""
    return characteristic.is_system or characteristic.type.implementer_only


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    characteristic: Characteristic
    types: list[Carrier]
    filled: Filled

    @property
    def is_system(self) -> bool:
        return is_system(self.characteristic)

    @property
    def limits(self) -> str:
        """What its answers must keep to, and with which one a new card begins."""
        each = self.characteristic
        told = each.type.limits_in_brief(each)
        if each.is_unique:
            told.append(_("unique"))
        if each.default:
            told.append(_("preset: %(answer)s") % {"answer": each.type.default_in_words(each)})
        return "; ".join(told)

    @property
    def may_go(self) -> bool:
        return not (self.types or self.filled.seen or self.filled.others or self.is_system)

    @property
    def filled_url(self) -> str:
        return usage.filled_url(self.characteristic)


@settings.settings_only
@require_safe
def characteristics(request: HttpRequest) -> HttpResponse:
    """All of them in the office's order."""
    frame = settings.frame(request, "characteristics")
    every = Characteristic.objects.select_related("nomenclature", "target_type")
    found = [each for each in every if _answers(frame["asked"], each)]
    tied, filled = usage.tied(found), usage.filled(request.decision)
    nomenclatures.read(each.nomenclature for each in found if each.nomenclature and each.default)
    rows = [Row(each, tied.get(each.pk, []), filled.get(each.pk, Filled())) for each in found]
    return show(request, "characteristics/characteristics.html", rows=rows, may_move=not frame["asked"], **frame)


def _answers(question: str, characteristic: Characteristic) -> bool:
    if not question:
        return True
    names = [getattr(characteristic, name) for name in ("code", "name", *NAMES, "definition")]
    home: Any = characteristic.nomenclature
    listed = [home.code, home.label] if home else []
    return settings.answers(question, [*names, str(characteristic.type.label), *listed])


def implementers_only(request: HttpRequest, characteristic: Characteristic) -> HttpResponse:
    """A system characteristic can be read here, and the page says who may change it."""
    title, home = characteristic.label, characteristic.nomenclature
    flags = {True: _("Yes"), False: _("No")}
    facts = [
        (_("Code"), characteristic.code),
        (_("Type"), characteristic.type.label),
        *((capfirst(_label(name)), getattr(characteristic, name)) for name in NAMES),
        (_("Definition"), characteristic.definition),
        (_("Unit"), characteristic.unit),
        (_("Preset answer"), characteristic.default and characteristic.type.default_in_words(characteristic)),
        (_("Required"), flags[characteristic.is_required]),
        (_("Shown in the register"), flags[characteristic.in_list]),
    ]
    return show(
        request,
        "characteristics/system.html",
        status=200 if request.method != "POST" else 422,
        title=title,
        sentence=shaping.implementers_only(characteristic.type),
        facts=[(label, said) for label, said in facts if said],
        nomenclature=home,
        types=usage.tied([characteristic]).get(characteristic.pk, []),
        links=[(_("History"), f"{LIST}{characteristic.code}/history/"), (_("Back to the list"), LIST)],
        crumbs=settings.crumbs("characteristics", (title, None)),
    )


def _label(name: str) -> str:
    field: Any = Characteristic._meta.get_field(name)
    return str(field.verbose_name)
