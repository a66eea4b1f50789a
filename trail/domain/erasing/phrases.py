"""What somebody is called by: found, and taken out, wherever other texts say it."""

import json
import re
from functools import cached_property
from typing import Any
from urllib.parse import quote, quote_plus

from django.db.models import Q
from django.utils.html import escape

from desk import text

#: Shorter ones stand in too many texts that mean something else.
SHORTEST = 5
#: In a code a part of a name or of a number speaks from so many letters on.
WORD, NUMBER = 3, 4
#: What sheets of other programs are written in.
ENCODINGS = ("utf-8", "cp1251", "utf-16-le")


class Phrases:
    """Names, numbers and addresses, those of today and those of before."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}
        self._words: set[str] = set()

    def add(self, said: str | None, *, is_name: bool = False) -> None:
        if not (said := text.clean(said or "")):
            return
        self._said[said] = None
        if is_name:
            self._words |= {_plain(word) for each in text.spellings(said) for word in each.split()}
        # What was found with them is found without what was added since.
        self.__dict__.pop("_long", None)
        self.__dict__.pop("_pattern", None)

    @cached_property
    def _long(self) -> dict[str, str]:
        """Those that are looked for in texts: as they are compared → as they were said."""
        return {key: said for said in self._said if len(key := text.key(said)) >= SHORTEST}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        spelled = sorted({form for said in self._long.values() for form in _forms(said)}, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spelled))})(?!\w)", re.IGNORECASE)

    def stand_in(self, said: str) -> bool:
        """Does a text say one of them?"""
        key = text.key(said)
        return any(each in key for each in self._long)

    def tell(self, code: str) -> bool:
        """Does a code hold one of the numbers or addresses, or a part of the name?"""
        plain = _plain(code)
        if any(len(word) >= WORD and word in plain for word in self._words):
            return True
        whole = [each for said in self._said if len(each := _plain(said)) >= NUMBER]
        return any(each in plain or (len(plain) >= NUMBER and plain in each) for each in whole)

    def without(self, said: Any, instead: str) -> Any:
        """The same text, list or dictionary, with the other word in the place of each of them."""
        if isinstance(said, str):
            return self._pattern.sub(instead, said) if self._long else said
        if isinstance(said, list):
            return [self.without(each, instead) for each in said]
        if isinstance(said, dict):
            return {key: self.without(each, instead) for key, each in said.items()}
        return said

    def asked_in(self, column: str) -> Q | None:
        """Rows in which a column may say one of them; None when there are none to look for."""
        spelled = sorted({form for said in self._long.values() for form in _forms(said)})
        # Patterns are found in any case in every alphabet; a part of a text, on SQLite, in Latin letters alone.
        return Q(**{f"{column}__iregex": "|".join(map(re.escape, spelled))}) if spelled else None

    def bytes(self) -> list[bytes]:
        """As they stand in a file."""
        found: dict[bytes, None] = {}
        for said in (each for one in self._long.values() for each in _cased(one)):
            for encoding in ENCODINGS:
                found[said.encode(encoding, "ignore")] = None
            # As the parts of a workbook say it.
            found[escape(said).encode()] = None
        return [each for each in found if len(each) >= SHORTEST]


def _plain(said: str) -> str:
    return "".join(sign for sign in text.key(said) if sign.isalnum())


def _forms(said: str) -> set[str]:
    """As it is written in texts, in addresses of pages, and in JSON, where no case is another one's."""
    return {form for each in _cased(said) for form in (each, quote(each), quote_plus(each), json.dumps(each)[1:-1])}


def _cased(said: str) -> list[str]:
    """As people write it, each once."""
    return list(dict.fromkeys([said, said.lower(), said.upper(), said.title()]))
