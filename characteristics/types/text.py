from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from characteristics.domain import limits_of_texts
from characteristics.models.value import SORTED_LENGTH
from desk import text
from desk.databases import SHORTEST, Owners, Pieces, Scattered
from desk.databases.stepping import each_of_few
from desk.fields import LineFormField

from .base import CharacteristicType, types
from .limited import Check

#: Where more different texts than these answer, a walk through all soon meets some.
FEW_ANSWERING = 300


@types.register
class Text(CharacteristicType):
    """One line of text."""

    code, label, position, icon = "text", _("Text"), 10, "letter-t"
    can_be_key, is_plain = True, True
    takes: tuple[str, ...] = ("max_length", "pattern", "pattern_hint", "default", "is_unique")
    longest = 500

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return self.limited(self.box(), characteristic, value)

    def box(self) -> forms.CharField:
        return LineFormField(max_length=self.longest, empty_value=None)

    def limited(self, field: forms.Field, characteristic: Any, kept: Any = None) -> forms.Field:
        if characteristic.max_length:
            field.widget.attrs["maxlength"] = characteristic.max_length
        return super().limited(field, characteristic, kept)

    def checker(self, characteristic: Any) -> Check | None:
        return limits_of_texts.checker(characteristic)

    def limit_words(self, characteristic: Any) -> list[str]:
        return limits_of_texts.sentences(characteristic)

    def limits_in_brief(self, characteristic: Any) -> list[str]:
        return limits_of_texts.in_brief(characteristic)

    def rule(self, characteristic: Any) -> tuple[str, Any, Any] | None:
        return ("textLength", None, characteristic.max_length) if characteristic.max_length else None

    def tidy_limits(self, characteristic: Any) -> None:
        limits_of_texts.check(characteristic, self.longest)

    # ---- as it is compared: neither case nor accents make another text

    compared = "text_key"

    def content(self, value: Any) -> str:
        return text.key(value)

    def saying(self, contents: Collection[Any]) -> Q:
        """The index holds the beginnings of texts."""
        beginnings = {each[:SORTED_LENGTH] for each in contents}
        return Q(text_sort__in=beginnings, text_key__in=list(contents))

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"": LineFormField(max_length=200)}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        """Most texts are no longer than what they are sorted by, which the index holds; only longer ones are read."""
        key = text.key(asked[""])
        longer = Q(GreaterThanOrEqual(Length("text_sort"), SORTED_LENGTH), text_key__contains=key)
        return Q(text_sort__isnull=False) & (Q(text_sort__contains=key) | longer)

    def walking(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        """By what the index holds alone (a million texts in their order, PostgreSQL: 6 s, so 0.3)."""
        key = text.key(asked[""])
        return Q(text_sort__contains=key) | Q(GreaterThanOrEqual(Length("text_sort"), SORTED_LENGTH))

    def few_walked(self, rows: QuerySet, asked: dict[str, Any]) -> list[Any] | None:
        """The texts that hold the piece, where few different ones are said, as towns are.

        They stand together in the order of texts, and all others before the first of them would be passed (a million
        towns: SQLite 100 ms, by steps from one to the next 1).
        """
        texts, key = each_of_few(rows, "text_sort"), text.key(asked[""])
        if texts is None or any(len(each) >= SORTED_LENGTH for each in texts):
            return None
        found = [each for each in texts if key in each]
        return found if len(found) <= FEW_ANSWERING else None

    def owners(self, rows: Any, owner: str, characteristic: Any, asked: dict[str, Any]) -> Owners:
        """From three signs on an index knows what stands inside texts."""
        key = text.key(asked[""])
        if len(key) < SHORTEST:
            return Scattered(rows.filter(self.matching(characteristic, asked)), owner)
        of_one = rows.filter(self.matching(characteristic, asked))
        return Pieces(rows, owner, "characteristic", characteristic.pk, "text_key", key, of_one)

    def example(self, characteristic: Any) -> str:
        return gettext("Some words")

    def brief_writer(self, characteristic: Any, read: Any) -> Callable[[Any], Any]:
        return str

    def reader(self, characteristic: Any, decision: Any = None) -> Any:
        clean = self.form_field(characteristic).clean
        return lambda cell: clean(str(cell))
