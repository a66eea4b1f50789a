"""What counterparties add to the types of characteristics: one counterparty points at another."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from characteristics.types.base import CharacteristicType, types
from counterparties.domain.hidden import Hidden, Untouched, place_of
from counterparties.domain.targets import Targets, one_of
from counterparties.models import Counterparty
from counterparties.pages.target_field import TargetField, TargetsField
from desk import text
from desk.pages.filters import shortened, told
from desk.said import gettext as _


@types.register
class PointsAt(CharacteristicType):
    """Another counterparty: a parent company, who recommended them. Its rights are asked wherever it is said."""

    code, label, position, icon = "counterparty", gettext_lazy("Counterparty"), 70, "users"
    storage, order_by = "target", ("target__name_key", "target_id")
    takes, hides, settles, points = ("target_type", "default", "is_unique"), True, True, True
    parts_into = "targets"

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return TargetField(characteristic, Targets.of(decision), kept=value)

    # ---- the filter

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"": TargetsField(characteristic, Targets.of(decision))}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        return Q(target__in=[each.pk for each in asked[""] if isinstance(each, Counterparty)])

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        return shortened(
            [
                each.name if isinstance(each, Counterparty) else _("“%(name)s”") % {"name": told(each)}
                for each in asked[""]
            ]
        )

    # ---- what is stored, and what of it a reader may know

    def stored(self, value: Any) -> dict[str, Any]:
        """A hidden one is stored like any other: by what it stands for."""
        return {"target_id": value.pk}

    def in_sight(self, value: Any, decision: Any, place: int = 0) -> Any:
        if value is None or decision is None or Targets.of(decision).knows(value):
            return value
        return Hidden(value.pk, place)

    def sorts(self, decision: Any, prefix: str = "") -> Q:
        sets = None if decision is None else Targets.of(decision).seen_sets
        return Q() if sets is None else Q(**{f"{prefix}target__type_set__in": sorted(sets)})

    def take(self, value: Any, owner: Any) -> Any:
        _refuse_itself(value, owner)
        return value

    def settled(self, characteristic: Any, value: Any, owner: Any, held: Sequence[Any], decision: Any) -> Any:
        if isinstance(value, Untouched):
            return _untouched(value, held)
        _refuse_itself(value, owner)
        if value not in held:
            Targets.of(decision).refuse_unfit(value, characteristic.target_type_id)
        return value

    def content_of(self, row: Any) -> int:
        return row.target_id

    # ---- the preset answer

    def read_default(self, characteristic: Any, decision: Any) -> Counterparty:
        found = self.reader(characteristic, decision)(characteristic.default)
        if not isinstance(found, Counterparty):
            raise ValidationError(_("Write the code of a counterparty."))
        Targets.of(decision).refuse_unfit(found, characteristic.target_type_id)
        return found

    def spelled_default(self, value: Any) -> str:
        return value.code

    def preset(self, characteristic: Any, decision: Any = None) -> Counterparty | None:
        return Targets.of(decision).preset(characteristic)

    def default_in_words(self, characteristic: Any) -> str:
        """Its code: whose it is, not every reader may know."""
        return characteristic.default

    # ---- in words

    def text(self, value: Any) -> str:
        return str(value)

    def html(self, value: Any) -> SafeString:
        if isinstance(value, Hidden):
            return format_html('<span class="muted">{}</span>', value)
        link = format_html('<a href="/counterparties/{}/">{}</a>', str(value.pk), value.name)
        if not value.is_archived:
            return link
        return format_html('{} <span class="gone-word">{}</span>', link, _("archived"))

    # ---- in sheets

    def cell(self, value: Any) -> str:
        return value.word if isinstance(value, Hidden) else value.code

    def reader(self, characteristic: Any, decision: Any = None) -> Callable[[Any], Any]:
        return Reader(Targets.of(decision))


class Reader:
    """Reads the cells of one column: a code, or a name or alias that only one bears."""

    def __init__(self, targets: Targets) -> None:
        self.targets = targets
        self.known: dict[str, list[Counterparty]] = {}

    def prepare(self, cells: Iterable[Any]) -> None:
        """Ask the books once for all these cells, which are read one by one afterwards."""
        self.known = self.targets.named({text.clean(str(each)) for each in cells})

    def __call__(self, cell: Any) -> Any:
        said = text.clean(str(cell))
        found = self.known[said] if said in self.known else self.targets.named([said])[said]
        if not found and (place := place_of(said)) is not None:
            return Untouched(place)
        return one_of(found, said)


def _refuse_itself(value: Any, owner: Any) -> None:
    if owner is not None and owner.pk is not None and value.pk == owner.pk:
        raise ValidationError(_("A counterparty cannot point at itself. Choose another one."))


def _untouched(value: Untouched, held: Sequence[Any]) -> Hidden:
    """What stands there, hidden from whoever reads and writes the sheet."""
    found = [each for each in held if isinstance(each, Hidden) and each.place == value.place]
    if not found:
        raise ValidationError(_("No hidden counterparty stands here. Write the code of one you may choose."))
    return found[0]
