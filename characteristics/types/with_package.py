import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, IntegerField, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from characteristics.domain import nomenclatures
from characteristics.domain.naming import Naming
from characteristics.domain.packed import Packed, check
from characteristics.pages.choosing import ElementsField
from characteristics.pages.packing import PackedField
from desk import reading
from desk.fields import NOT_SAID, AskedFlagFormField, DecimalFormField, ExactField, KeyField
from desk.said import gettext

from .base import CharacteristicType, types
from .number import Number, plain

#: *12 × Box*: a quantity, one of the signs people write for "times", a package.
TIMES = re.compile(r"(?P<quantity>[-+−]?\d[^×*xXхХ]*?)\s*[×*xXхХ]\s*(?P<package>.+)")
#: A quantity alone, well written or not.
NUMBER = re.compile(r"[-+−]?\s*\d[\d\s.,'’]*")
NUMBERS = Number()


@types.register
class WithPackage(CharacteristicType):
    """Yes or no; with a yes, in which package and how much of it. All three stand in one stored row."""

    code, label, position, icon = "with_package", _("With package"), 110, "package"
    storage, order_by, columns = "flag", ("flag",), ("flag", "element", "number")
    needs_nomenclature, takes, implementer_only = True, ("nomenclature", "default"), True
    allows_several, element_ending, parts_into = False, "_package", "flags"

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return PackedField(characteristic.nomenclature, value)

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {
            "": AskedFlagFormField(),
            "_package": ElementsField(characteristic.nomenclature),
            "_quantity_min": DecimalFormField(),
            "_quantity_max": DecimalFormField(),
        }

    def filter_labels(self) -> dict[str, Any]:
        return {
            "": _("Yes or no"),
            "_package": _("Package"),
            "_quantity_min": _("Quantity from"),
            "_quantity_max": _("Quantity to"),
        }

    def asks_for_none(self, asked: dict[str, Any]) -> bool:
        return asked == {"": NOT_SAID}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        if asked.get("") == NOT_SAID:
            # Whoever says nothing has no package and no quantity.
            return Q(pk__in=[])
        found = Q(flag=asked[""]) if "" in asked else Q()
        if "_package" in asked:
            found &= Q(element__in=nomenclatures.families(characteristic.nomenclature, asked["_package"]))
        bounds = {"_quantity_min": "number__gte", "_quantity_max": "number__lte"}
        return found & Q(**{bounds[ending]: asked[ending] for ending in bounds if ending in asked})

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        words = []
        if "" in asked:
            words.append(gettext("Not said") if asked[""] == NOT_SAID else self._flag(asked[""]))
        words += [each.label for each in asked.get("_package", [])]
        if bounds := {ending[-4:]: asked[ending] for ending in ("_quantity_min", "_quantity_max") if ending in asked}:
            words.append(str(NUMBERS.asked_words(characteristic, bounds)))
        return ", ".join(words)

    def stored(self, value: Any) -> dict[str, Any]:
        return {"flag": value.flag, "element": value.package, "number": value.quantity}

    def made(self, *contents: Any) -> Any:
        return Packed(*contents)

    def sort_keys(self, prefix: str) -> tuple[Any, ...]:
        """No before yes; then by package in the order of its nomenclature, then by quantity; none comes first."""
        return (
            f"{prefix}flag",
            Coalesce(F(f"{prefix}element__position"), Value(-1), output_field=IntegerField()),
            Coalesce(F(f"{prefix}element__name"), Value(""), output_field=KeyField()),
            Coalesce(F(f"{prefix}number"), Value(Decimal(0), output_field=ExactField()), output_field=ExactField()),
        )

    def chosen(self, value: Any) -> list[Any]:
        return [value.package] if value.package else []

    def text(self, value: Any) -> str:
        quantity = "" if value.quantity is None else NUMBERS.text(value.quantity)
        return self._said(value.flag, quantity, value.package.label if value.package else "")

    def cell(self, value: Any) -> Any:
        # Thousands parted by commas would be read as a fraction in another language.
        return self._said(value.flag, _spelled(value.quantity), value.package.label if value.package else "")

    def example(self, characteristic: Any) -> Packed:
        offered = [each for each in nomenclatures.elements(characteristic.nomenclature) if not each.is_stopped]
        return Packed(True, offered[0], Decimal(12)) if offered else Packed(True)

    def spelled_default(self, value: Any) -> str:
        with override("en"):
            return self._said(value.flag, _spelled(value.quantity), value.package.code if value.package else "")

    def preset(self, characteristic: Any, decision: Any = None) -> Packed | None:
        try:
            found: Packed = self.reader(characteristic)(characteristic.default)
        except ValidationError:
            return None
        return None if found.package and found.package.is_stopped else found

    def writer(self, characteristic: Any) -> Callable[[Any], Any]:
        naming, read = Naming(characteristic.nomenclature), self.reader(characteristic)

        def write(value: Any) -> str:
            words = naming.spellings(value.package) if value.package else [""]
            cells = [self._said(value.flag, _spelled(value.quantity), word) for word in words]
            return next((cell for cell in cells if _means(read, cell, value)), cells[-1])

        # The same packages and quantities come again and again; reading each back would take half the time of a sheet.
        return lru_cache(4_096)(write)

    def reader(self, characteristic: Any, decision: Any = None) -> Callable[[Any], Any]:
        """Takes *Yes*, *Yes, Box*, *Yes, 12 × Box* and *Yes, 12* in any of the three languages."""
        naming = Naming(characteristic.nomenclature)

        def read(cell: Any) -> Packed:
            flag, _sign, rest = str(cell).partition(",")
            said = reading.read_flag(flag), *_inside(rest.strip(), naming)
            return check(Packed(*said))

        return read

    @staticmethod
    def _flag(flag: bool) -> str:
        return gettext("Yes") if flag else gettext("No")

    def _said(self, flag: bool, quantity: str, package: str) -> str:
        words = f"{quantity} × {package}" if quantity and package else quantity or package
        return f"{self._flag(flag)}, {words}" if words else self._flag(flag)


def _spelled(quantity: Decimal | None) -> str:
    return "" if quantity is None else NUMBERS.spelled(plain(quantity))


def _inside(rest: str, naming: Naming) -> tuple[Any, Decimal | None]:
    """Package and quantity, out of what stands behind the yes."""
    if not rest:
        return None, None
    if NUMBER.fullmatch(rest):
        return None, reading.read_decimal(rest)
    found = TIMES.fullmatch(rest)
    if found and len(naming.meant(rest)) != 1:
        return naming.read(found["package"]), reading.read_decimal(found["quantity"])
    return naming.read(rest), None


def _means(read: Callable[[Any], Any], cell: str, value: Packed) -> bool:
    try:
        return read(cell) == value
    except ValidationError:
        return False
