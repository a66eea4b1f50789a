"""Choosing a counterparty: in a select up to 200, above that in a text box that takes the code or the name.

What is sent is the id, the code, the name, or both as they are suggested: *Danube Agro (C10412)*.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from counterparties.domain.hidden import Hidden, place_of
from counterparties.domain.targets import Targets, label, one_of
from counterparties.models import Counterparty
from desk import text
from desk.widgets import Select


class TargetBox(forms.TextInput):
    """A text box; with the script it suggests while one types."""

    def __init__(self, characteristic: Characteristic) -> None:
        address = f"{reverse('suggest')}?{urlencode({'for': characteristic.code})}"
        # Where there are several boxes, the label belongs to the first one only.
        super().__init__({"data-suggest": address, "autocomplete": "off", "aria-label": characteristic.label})


class TargetField(forms.Field):
    """One counterparty that the reader may see. What is ``kept`` stays, whatever became of it, even hidden."""

    def __init__(self, characteristic: Characteristic, targets: Targets, kept: Any = None, **kwargs: Any) -> None:
        self.characteristic, self.targets, self.kept = characteristic, targets, kept
        self.offered = targets.offered(characteristic.target_type_id)
        self.by_id = {str(each.pk): each for each in self.offered or []}
        box = TargetBox(characteristic) if self.offered is None else Select(choices=self._options())
        super().__init__(**{"widget": box, **kwargs})
        if self.offered is None and not self.help_text:
            self.help_text = _("Write the code or the name.")

    def _options(self) -> list[tuple[str, str]]:
        kept = [] if self.kept is None or str(self.kept.pk) in self.by_id else [self.kept]
        words = [(self._word(each), _marked(each)) for each in kept]
        return [("", "—"), *words, *((pk, label(each)) for pk, each in self.by_id.items())]

    def _word(self, value: Any) -> str:
        """How the field sends a value."""
        if isinstance(value, Hidden):
            return value.word
        return label(value) if self.offered is None else str(value.pk)

    def prepare_value(self, value: Any) -> Any:
        return self._word(value) if isinstance(value, Counterparty | Hidden) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Counterparty | Hidden):
            return value
        said = text.clean(str(value or ""))
        if not said:
            return None
        if self._is_kept(said):
            return self.kept
        found = self.by_id.get(said) or self._found(said)
        if found == self.kept:
            return self.kept
        self.targets.refuse_unfit(found, self.characteristic.target_type_id)
        return found

    def _is_kept(self, said: str) -> bool:
        if isinstance(self.kept, Hidden):
            return place_of(said) == self.kept.place
        return self.kept is not None and said == self._word(self.kept)

    def _found(self, said: str) -> Counterparty:
        by_id = self.targets.numbered([said]).get(said)
        if by_id and self.offered is not None:
            return by_id
        meant = self.targets.named([said])[said]
        if by_id and meant and meant != [by_id]:
            sentence = _("“%(value)s” is the number of one counterparty and the code of another. Write the name.")
            raise ValidationError(sentence % {"value": said})
        return by_id or one_of(meant, said)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


def _marked(kept: Any) -> str:
    """An option that is offered here alone, because it stands there already."""
    if isinstance(kept, Hidden):
        return str(kept)
    return _("%(name)s, archived") % {"name": label(kept)} if kept.is_archived else label(kept)


class TargetBoxes(TargetBox):
    """A box for each that was asked for, and one more; they show names for the ids they were given."""

    words: dict[str, str] = {}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [each for each in data.getlist(name) if each.strip()]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        parts = []
        for number, each in enumerate([*(value or []), ""]):
            own = {**(attrs or {}), **({"id": f"{attrs['id']}_{number}"} if number and attrs and "id" in attrs else {})}
            parts.append((super().render(name, self.words.get(each, each), own, renderer),))
        return format_html_join("", "{}", parts)


class TargetsField(forms.Field):
    """Any number of counterparties, for filters. A hidden one is asked for like one that does not exist: as a word."""

    def __init__(self, characteristic: Characteristic, targets: Targets, **kwargs: Any) -> None:
        self.targets = targets
        offered = targets.offered(characteristic.target_type_id)
        self.options = None if offered is None else [(str(each.pk), label(each)) for each in offered]
        ticks = forms.CheckboxSelectMultiple(choices=self.options or ())
        boxes = TargetBoxes(characteristic) if offered is None else ticks
        super().__init__(**{"widget": boxes, "required": False, **kwargs})

    def prepare_value(self, value: Any) -> list[str]:
        return [str(each.pk) if isinstance(each, Counterparty) else each for each in value or []]

    def to_python(self, value: Any) -> list[Counterparty | str]:
        said = list(dict.fromkeys(word for each in value or [] if (word := text.clean(str(each)))))
        by_id = self.targets.numbered(said)
        named = self.targets.named([each for each in said if each not in by_id])
        found: list[Counterparty | str] = []
        for each in said:
            found += [by_id[each]] if each in by_id else named[each] or [each]
        found = list(dict.fromkeys(found))
        self._show(found)
        return found

    def _show(self, found: Iterable[Counterparty | str]) -> None:
        """What is asked for can be seen and taken back, whether it is offered or not."""
        words = {str(each.pk): label(each) for each in found if isinstance(each, Counterparty)}
        if self.options is None:
            self.widget.words = words
            return
        asked = words | {each: _("“%(name)s”") % {"name": each} for each in found if isinstance(each, str)}
        offered = dict(self.options)
        self.widget.choices = [*self.options, *(pair for pair in asked.items() if pair[0] not in offered)]
