"""Filters of a list, read from its address. What is not understood is told and left out, never silently."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext as _

from desk import text
from desk.widgets import Suggested, Tree

#: A chip names so many chosen things; beyond, it says how many there are.
NAMED_IN_A_CHIP = 3
#: So much of what somebody sent is repeated to them, and so many unknown names.
REPEATED, NAMED = 40, 8
#: So many options are offered as ticks; above, a text box takes the codes and suggests.
MOST_TICKS = 200

Options = list[tuple[str, Any]]


class SuggestedMany(Suggested):
    """A text box for several codes, parted by commas; it shows them by the ``names`` that it is given, if any."""

    names: Callable[[], Mapping[str, str]] = dict

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [code.strip() for said in data.getlist(name) for code in said.split(",") if code.strip()]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        if isinstance(value, list):
            names = self.names()
            value = ", ".join(names.get(code, code) for code in value)
        return super().render(name, value, attrs, renderer)


def many_of(number: int, options: Callable[[], Options]) -> forms.Widget:
    """The widget for choosing any of so many options: ticks, or a text box when there are too many.

    They are made when the widget is drawn; most lists only read an answer.
    """
    if number > MOST_TICKS:
        return SuggestedMany(options)
    return forms.CheckboxSelectMultiple(choices=CallableChoiceIterator(options))


def tree_of(paths: Options, above: Mapping[str, Iterable[str]]) -> forms.Widget:
    """The same where they stand under one another; one whose parents are not among them says its whole path."""
    if len(paths) > MOST_TICKS:
        return SuggestedMany(paths)
    known = dict(paths)
    return Tree(paths, {code: [each for each in above.get(code, ()) if each in known] for code in known})


class CodesField(forms.Field):
    """Any number of codes out of a list, or the names they stand for.

    The unknown ones are kept apart, so that they can be told.
    """

    def __init__(
        self, options: Iterable[tuple[str, Any]], fold: Callable[[str], str] = str.lower, **kwargs: Any
    ) -> None:
        self.options = list(options)
        self.labels = {code: str(label) for code, label in self.options}
        self.fold = fold
        self.unknown: list[str] = []
        super().__init__(**{"widget": many_of(len(self.options), lambda: self.options), "required": False, **kwargs})

    def to_python(self, value: Any) -> list[str]:
        codes = dict.fromkeys(self._code(str(each).strip()) for each in value or [])
        self.unknown = [code for code in codes if code and code not in self.labels]
        return [code for code in codes if code in self.labels]

    def _code(self, said: str) -> str:
        code = self.fold(said)
        if code in self.labels or not said:
            return code
        named = [each for each, label in self.labels.items() if text.key(label) == text.key(said)]
        return named[0] if len(named) == 1 else code


class Filter:
    """One thing a list can be asked for, under one name or under several (a lower and an upper bound)."""

    key = ""
    label: Any = ""

    def fields(self) -> dict[str, forms.Field]:
        """Its fields by their names in the address; made when they are needed."""
        raise NotImplementedError

    def labels(self) -> dict[str, Any]:
        """Words of its fields by their names, where they ask for different things; bounds need none."""
        return {}

    def condition(self, asked: Mapping[str, Any]) -> Q:
        """Which records answer; ``asked`` holds the non-empty answers by name."""
        raise NotImplementedError

    def words(self, asked: Mapping[str, Any]) -> str:
        """What is asked, for the chip above the list."""
        field = self.fields()[self.key]
        if isinstance(field, CodesField):
            return shortened([field.labels[code] for code in asked[self.key]])
        return str(asked[self.key])


def shortened(labels: list[str]) -> str:
    """*Active, On hold*; or how many, when there are more than a chip can name."""
    if len(labels) > NAMED_IN_A_CHIP:
        return _("%(number)d chosen") % {"number": len(labels)}
    return ", ".join(labels)


class Asked:
    """What an address asks of a list, as far as it was understood; ``notes`` tells the rest."""

    def __init__(self, data: QueryDict, find: Callable[[str], Filter | None], own_names: Iterable[str] = ()) -> None:
        self.notes: list[str] = []
        self.filters: dict[str, Filter] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.pairs: list[tuple[str, str]] = []
        unknown = []
        for name in data:
            found = None if name in own_names else find(name)
            if found and name in found.fields():
                self._read(found, name, data)
            elif name not in own_names:
                unknown.append(name)
        if unknown:
            names = ", ".join(told(name) for name in unknown[:NAMED]) + (" …" if len(unknown) > NAMED else "")
            self.notes.append(_("This list cannot be asked for %(names)s, so that was left out.") % {"names": names})

    def _read(self, asked: Filter, name: str, data: QueryDict) -> None:
        field = asked.fields()[name]
        field.required = False
        try:
            value = field.clean(field.widget.value_from_datadict(data, {}, name))
        except ValidationError as error:
            self.notes.append(f"{asked.label}: {told(' '.join(error.messages), 200)}")
            return
        for code in getattr(field, "unknown", [])[:NAMED]:
            named = {"filter": asked.label, "value": told(code)}
            self.notes.append(_("%(filter)s: there is no “%(value)s”, so that was left out.") % named)
        if value is None or value == "" or value == []:
            return
        self.filters[asked.key] = asked
        self.answers.setdefault(asked.key, {})[name] = value
        self.pairs += [(name, each) for each in _plain(field, value)]

    def answer(self, key: str, otherwise: Any = None) -> Any:
        """The answer to a filter of one field."""
        return self.answers.get(key, {}).get(key, otherwise)

    @property
    def names(self) -> set[str]:
        """The names in the address that set a filter."""
        return {name for name, _value in self.pairs}

    def conditions(self) -> list[Q]:
        return [each.condition(self.answers[key]) for key, each in self.filters.items()]

    def chips(self) -> list[tuple[str, str, list[str]]]:
        """Label, words and the names in the address of every filter that is set."""
        return [
            (str(each.label), words, list(self.answers[key]))
            for key, each in self.filters.items()
            if (words := each.words(self.answers[key]))
        ]


def panel(filters: Iterable[Filter], asked: Asked) -> list[tuple[str, list[forms.BoundField]]]:
    """The filters as fields to fill in, each with what is asked now: (label, [field]), two bounds, or more of them."""
    filters = list(filters)
    fields = {name: field for each in filters for name, field in each.fields().items()}
    form = forms.Form(initial={name: value for answers in asked.answers.values() for name, value in answers.items()})
    form.fields = fields
    groups = []
    for each in filters:
        names, labels = list(each.fields()), each.labels()
        for name in names:
            fields[name].required = False
            fields[name].label = labels.get(name, each.label)
        if len(names) == 2:
            for name, words in zip(names, (_("from"), _("to")), strict=True):
                fields[name].label = f"{each.label}: {words}"
                fields[name].widget.attrs["placeholder"] = words
        groups.append((str(each.label), [form[name] for name in names]))
    return groups


def told(said: str, longest: int = REPEATED) -> str:
    """What somebody sent, fit to be repeated to them."""
    clean = text.clean(str(said))
    return clean if len(clean) <= longest else f"{clean[:longest]}…"


def _plain(field: forms.Field, value: Any) -> list[str]:
    """An answer as an address carries it: in machines' spelling, so that colleagues of any language may open it."""
    if isinstance(value, Decimal):
        return [f"{value:f}"]
    if hasattr(value, "isoformat"):
        return [value.isoformat()]
    sent = field.prepare_value(value)
    return [str(each) for each in (sent if isinstance(sent, list) else [sent])]
