"""Which column fills which field: as asked for, by its header in any of the three languages, or as others call it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from characteristics.models import Characteristic
from counterparties.domain import account_words, address_words, client_words
from counterparties.models import CounterpartyType
from desk import text
from desk.models import LANGUAGES

from .categories import LEVELS
from .known_as import AROUND, known_as
from .missing import Missing
from .plan import KEYS, Column, ImportRefused, Plan
from .pointing import Foreseen, PointingReader
from .readers import FACTS, reader_of
from .titles import title

#: Said of a column in --map to leave it out.
IGNORED = "-"


@dataclass
class Headers:
    """The columns that are taken, and the headers of those that are not, with the reason where there is one."""

    columns: list[Column] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


class Fields:
    """Every field a sheet may fill for one user, and the words its column may be headed with."""

    def __init__(
        self, decision: Any, more_words: Mapping[str, Iterable[str]] | None = None, *, missing: Missing | None = None
    ) -> None:
        """``missing``: elements that cells name and the office lacks are noted there."""
        self.decision, self._missing, self.foreseen = decision, missing, Foreseen(decision)
        self.characteristics: dict[str, Characteristic] = {
            each.characteristic.field_name: each.characteristic for each in decision.characteristics("view")
        }
        as_client = client_words.FACTS if any(each.kind.is_client for each in decision.types("view")) else ()
        besides = (*as_client, *address_words.PLACES, *account_words.PARTS)
        self.names = [*FACTS, "types", *besides, *sorted(self.characteristics)]
        self.by_word = self._by_word(more_words or {})

    def _by_word(self, more_words: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
        by_word: dict[str, set[str]] = {}
        for name in self.names:
            for word in [name, name.replace("_", " "), *self._words(name), *more_words.get(name, ())]:
                by_word.setdefault(text.key(word), set()).add(name)
        return by_word

    def _words(self, name: str) -> list[str]:
        characteristic = self.characteristics.get(name)
        if characteristic is None:
            words = []
            for language in LANGUAGES:
                with override(language):
                    words.append(title(name))
                    # Lists and templates ask which of the two.
                    words += [_("Person or organisation")] if name == "is_person" else []
            return words
        names = [characteristic.name, characteristic.name_en, characteristic.name_bg, characteristic.name_ru]
        names = [each for each in names if each]
        return names + [f"{each}, {characteristic.unit}" for each in names if characteristic.unit]

    def named(self, header: str) -> str:
        """The one field this header means, or nothing."""
        found = self.by_word.get(text.key(header), set())
        # A field's own name means that field, whatever else is called so.
        exact = found & {header.strip().lower()} or found
        return next(iter(exact)) if len(exact) == 1 else ""

    def is_shared(self, header: str) -> bool:
        """Are several fields called so, so that somebody has to say which is meant?"""
        return text.key(header) in self.by_word and not self.named(header)

    def elsewhere(self, header: str) -> str:
        """The field that others call so, where the office calls nothing so; or the office's, with signs around it."""
        bare = text.key(header).strip(AROUND)
        return self.named(bare) if bare in self.by_word else known_as(header)

    def column(self, name: str, header: str, place: int | None, **facts: Any) -> Column:
        characteristic = self.characteristics.get(name)
        read = self._reader(name)
        return Column(place, header, name, read, characteristic, **facts)

    def _reader(self, name: str) -> Any:
        characteristic = self.characteristics.get(name)
        if characteristic is None:
            read = reader_of(name, self.decision)
            return self._missing.reader_of_clients(name, read) if self._missing and name in LEVELS else read
        read = characteristic.type.reader(characteristic, self.decision)
        if self._missing and characteristic.nomenclature_id and not characteristic.type.implementer_only:
            return self._missing.reader(characteristic, read)
        return PointingReader(read, self.foreseen) if characteristic.type.points else read

    def check(self, name: str, said: str) -> str:
        found = name.strip().lower()
        if found not in self.names:
            raise ImportRefused(
                _("%(said)s: there is no field “%(field)s”. Fields: %(fields)s.")
                % {"said": said, "field": name.strip(), "fields": ", ".join(self.names)}
            )
        return found


def columns_of(
    header: list[str],
    fields: Fields,
    asked: Iterable[str] = (),
    constants: Iterable[str] = (),
    month_first: Iterable[str] = (),
) -> Headers:
    """Put the columns of a sheet to fields. ``asked`` holds COLUMN=field, ``constants`` field=value for every row."""
    places = {text.key(name): place for place, name in enumerate(header)}
    told: dict[int, str] = {}
    for each in asked:
        name, _sign, wanted = each.rpartition("=")
        place = _place(name, places, header, f"--map {each}")
        told[place] = IGNORED if wanted.strip() == IGNORED else fields.check(wanted, f"--map {each}")
    american = {_place(each, places, header, f"--month-first {each}") for each in month_first}
    fixed = _constants(fields, constants)
    taken = {name for name in told.values() if name != IGNORED}
    _refuse_twice([*(name for name in told.values() if name != IGNORED), *fixed])
    found, own = Headers(), {fields.named(name) for name in header}
    for place, name in enumerate(header):
        wanted = told.get(place) or fields.named(name)
        if not wanted and (other := fields.elsewhere(name)) not in own:
            # A column *Company* is the name, but not beside a column *Name*, wherever that stands.
            wanted = other
        if place not in told and (wanted in taken or wanted in fixed):
            wanted = ""
        if not wanted or wanted == IGNORED:
            found.ignored.append(name)
            continue
        taken.add(wanted)
        found.columns.append(fields.column(wanted, name, place, is_month_first=place in american))
    found.columns += [fields.column(name, name, None, constant=value) for name, value in fixed.items()]
    return found


def _place(name: str, places: dict[str, int], header: list[str], said: str) -> int:
    place = places.get(text.key(name))
    if place is None:
        raise ImportRefused(
            _("%(said)s: the sheet has no column “%(column)s”. Its columns: %(columns)s.")
            % {"said": said, "column": name.strip(), "columns": ", ".join(header)}
        )
    return place


def _constants(fields: Fields, constants: Iterable[str]) -> dict[str, str]:
    found = {}
    for each in constants:
        name, sign, value = each.partition("=")
        name = fields.check(name, f"--set {each}")
        if not sign or not value.strip() or name in ("code", "types"):
            raise ImportRefused(_("--set %(said)s: write field=value, for example country=GB.") % {"said": each})
        found[name] = value
    return found


def _refuse_twice(names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ImportRefused(
            _("Two columns are mapped to one field: %(fields)s. Choose one for each.") % {"fields": ", ".join(twice)}
        )


def plan_of(
    headers: Headers, types: list[CounterpartyType], key: str, mode: str, *, empty_clears: bool = False, **more: Any
) -> Plan:
    """The plan, if these columns can be taken in like that."""
    fields = {each.field: each for each in headers.columns}
    key = key.strip().lower()
    column = fields.get(key)
    if key not in KEYS and not key.startswith("c-"):
        raise ImportRefused(
            _("There is no key “%(key)s”. Keys: %(keys)s, or c-CODE of a text characteristic.")
            % {"key": key, "keys": ", ".join(KEYS)}
        )
    if column is None and not (key == "code" and mode != "update"):
        raise ImportRefused(
            _("No column is put to the key “%(key)s”. Write --map COLUMN=%(key)s, or choose another --key.")
            % {"key": key}
        )
    asked = column.characteristic if column else None
    if asked and (not asked.type.can_be_key or asked.is_multiple):
        raise ImportRefused(_("The key “%(key)s” is no text of one value.") % {"key": key})
    if "name" not in fields and (mode == "create" or column is None):
        raise ImportRefused(
            _(
                "No column is put to the name. Write --map COLUMN=name, or use the mode update. "
                "Columns left over: %(columns)s."
            )
            % {"columns": ", ".join(headers.ignored) or "—"}
        )
    if not types and "types" not in fields and mode != "update":
        raise ImportRefused(_("Say with --type which type new counterparties are given, for example --type client."))
    return Plan(types, headers.columns, key, mode, empty_clears, **more)
