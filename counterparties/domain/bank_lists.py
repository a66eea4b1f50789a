"""Published lists of banks, as sheets for an import: one row per bank.

A list names every branch and every national code by itself, the same bank hundreds of times. What an office pays to is
the BIC, so all entries of one BIC become one row with all its national codes; where a country's list knows no BIC, all
entries of one national code do. The name is that of the entry marked as the primary one, else of the first.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: The header of the sheet; `docs/examples/banks.yaml` makes the characteristics it names.
HEADER = ("code", "name", "alias", "country", "c-bic", "c-bank-codes")

#: So long may the text of a characteristic be.
LONGEST = 10_000


class ListRefused(ValueError):
    """A file that is no list of banks; the message names file and entry."""


@dataclass
class Bank:
    """One bank: what all entries of its BIC say together."""

    country: str
    bic: str
    name: str = ""
    alias: str = ""
    codes: list[str] = field(default_factory=list)
    entries: int = 0
    is_primary: bool = False
    other_names: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.bic or f"{self.country}-{self.codes[0]}"

    @property
    def row(self) -> list[str]:
        return [self.code, self.name, self.alias, self.country, self.bic, _written(self.codes)]


@dataclass
class Converted:
    """The banks in the order of the lists, and what was left out on the way."""

    banks: list[Bank]
    read: int
    refused: list[str]

    @property
    def joined(self) -> list[Bank]:
        """Banks that stood in the lists several times."""
        return [each for each in self.banks if each.entries > 1]


def _written(codes: list[str]) -> str:
    """The codes parted by spaces; a list too long for a characteristic is written in stretches, 3000-3999."""
    plain = " ".join(codes)
    if len(plain) <= LONGEST:
        return plain
    stretches: list[list[str]] = []
    for code in sorted(codes, key=lambda each: (len(each), each)):
        last = stretches[-1][-1] if stretches else ""
        follows = code.isdecimal() and last.isdecimal() and len(code) == len(last) and int(code) == int(last) + 1
        if follows:
            stretches[-1].append(code)
        else:
            stretches.append([code])
    return " ".join(each[0] if len(each) == 1 else f"{each[0]}-{each[-1]}" for each in stretches)


def convert(files: Iterable[Path]) -> Converted:
    """Read the lists and bring each bank together."""
    banks: dict[tuple[str, str], Bank] = {}
    refused: list[str] = []
    read = 0
    for file in files:
        for number, entry in enumerate(_entries(file), start=1):
            read += 1
            where = f"{file.name}, entry {number}"
            if complaint := _complaint(entry):
                refused.append(f"{where}: {complaint}")
                continue
            country, bic = _text(entry, "country_code").upper(), _text(entry, "bic").upper()
            codes = _codes(entry)
            key = (country, bic or f"-{codes[0]}")
            _join(banks.setdefault(key, Bank(country, bic)), entry, codes)
    return Converted(_told_apart(banks.values()), read, refused)


def _entries(file: Path) -> Iterator[Any]:
    try:
        said = json.loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise ListRefused(f"{file}: not text in UTF-8; save it in that encoding.") from None
    except ValueError as wrong:
        raise ListRefused(f"{file}: not JSON: {wrong}.") from None
    except RecursionError:
        raise ListRefused(f"{file}: nested too deep for a list of banks.") from None
    entries = said.get("entries") if isinstance(said, dict) else said
    if not isinstance(entries, list):
        raise ListRefused(f"{file}: neither a list of banks nor an object with “entries”.")
    yield from entries


def _complaint(entry: Any) -> str:
    if not isinstance(entry, dict):
        return "not an object with the facts of a bank."
    if not _text(entry, "name"):
        return "name: missing."
    if not _text(entry, "country_code"):
        return "country_code: missing."
    if not _text(entry, "bic") and not _codes(entry):
        return "bic, bank_code: both are missing, so the bank has nothing to be known by."
    return ""


def _text(entry: dict[str, Any], key: str) -> str:
    said = entry.get(key)
    return " ".join(str(said).split()) if isinstance(said, str | int) and not isinstance(said, bool) else ""


def _codes(entry: dict[str, Any]) -> list[str]:
    """The national codes: one, or in the newer lists several."""
    several = entry.get("bank_codes")
    said = several if isinstance(several, list) else [entry.get("bank_code")]
    return [str(each).strip() for each in said if each is not None and str(each).strip()]


def _join(bank: Bank, entry: dict[str, Any], codes: list[str]) -> None:
    name, is_primary = _text(entry, "name"), entry.get("primary") is True
    bank.entries += 1
    bank.codes += [code for code in codes if code not in bank.codes]
    if not bank.name or (is_primary and not bank.is_primary):
        if bank.name and bank.name != name:
            bank.other_names.append(bank.name)
        short = _text(entry, "short_name")
        bank.name, bank.alias, bank.is_primary = name, short if short != name else "", is_primary
    elif name != bank.name and name not in bank.other_names:
        bank.other_names.append(name)


def _told_apart(banks: Iterable[Bank]) -> list[Bank]:
    """A BIC that two countries' lists name stays one bank: the codes of the second are added to the first."""
    found: dict[str, Bank] = {}
    by_bic: dict[str, list[Bank]] = defaultdict(list)
    for each in banks:
        by_bic[each.code].append(each)
    for code, those in by_bic.items():
        # The fifth and sixth letters of a BIC name its country: that list knows the bank best.
        first, *others = sorted(those, key=lambda bank: bank.country != code[4:6])
        for other in others:
            first.entries += other.entries
            first.codes += [each for each in other.codes if each not in first.codes]
            first.other_names += [
                each for each in (other.name, *other.other_names) if each not in (first.name, *first.other_names)
            ]
        found[code] = first
    return list(found.values())
