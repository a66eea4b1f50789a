from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from characteristics.models.value import SORTED_LENGTH
from desk import text
from desk.databases import SHORTEST, Owners, Pieces, Scattered
from desk.databases.stepping import each_of_few
from desk.fields import LineFormField

from .base import CharacteristicType, types

#: Where more different texts than these answer, a walk through all soon meets some.
FEW_ANSWERING = 300


@types.register
class Text(CharacteristicType):
    """One line of text."""

    code, label, position, icon = "text", _("Text"), 10, "letter-t"
    can_be_key, is_plain = True, True
    longest = 500

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return LineFormField(max_length=self.longest, empty_value=None)

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
