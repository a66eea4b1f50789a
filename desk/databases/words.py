"""Lookups of free search: every word of a question stands somewhere in the search column."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

import re
from collections.abc import Sequence
from typing import Any

from django.db import models

from desk import text

from .placed import full_text

#: SQLite's index knows words by three signs.
SHORTEST = 3
#: So many figures at its end tell a number from others: those of one sort begin alike.
LAST_FIGURES = 6


def terms(reading: str) -> list[str]:
    """From three letters on a word is found inside others, shorter ones at the beginning of a word: after a space."""
    return [word if len(word) >= SHORTEST else " " + word for word in reading.split()]


def ending(term: str) -> str:
    """What an index is asked for in place of a long number, of whose first figures it knows hundreds of thousands.

    (A company number in a million, which is found once: SQLite 10 ms, so 2.5; PostgreSQL 7.5 and 3.)
    """
    return term[-LAST_FIGURES:] if term.isdecimal() else term


def pieces_of(term: str) -> list[str]:
    """What PostgreSQL's index is asked for in place of a word with other signs inside, as a host has, or of a number.

    It would look for the end of each part too, and the beginning of the next (``dunav-rodopa-``: 8 ms, so 3.5).
    """
    parts = re.findall(r"[^\W_]+", term)
    is_told = not term.startswith(" ") and parts and all(len(each) >= SHORTEST for each in parts)
    return [ending(each) for each in parts] if is_told else [term]


def matching(readings: Sequence[str]) -> str:
    """The same as a question to an FTS5 table, without what is too short for it; empty where nothing would be left."""
    asked = [[term for term in terms(reading) if len(term) >= SHORTEST] for reading in readings]
    if not all(asked):
        return ""
    quoted = [['"' + term.replace('"', '""') + '"' for term in each] for each in asked]
    return " OR ".join(f"({' AND '.join(each)})" for each in quoted)


def standing(column: str, readings: Sequence[str]) -> tuple[str, list[str]]:
    """That every word of one of these readings stands in a column."""
    return holding(column, [terms(each) for each in readings])


def holding(column: str, words: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """That all of these pieces do, or all of those."""
    if not all(words):
        return "(1 = 1)", []
    asked = [" AND ".join([rf"{column} LIKE %s ESCAPE '\'"] * len(each)) for each in words]
    literal = [term.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") for each in words for term in each]
    return f"({' OR '.join(asked)})", [f"%{term}%" for term in literal]


class Words(models.Lookup):
    """``search__words="габи 4728"``: every word of the question is somewhere in the search column.

    Of several readings, ``search__words=("0888 12", "88812")``, one is enough. PostgreSQL answers from the trigram
    index, SQLite from its FTS5 table (the column begins with a space, so a word of two letters has three signs there).
    """

    lookup_name = "words"
    prepare_rhs = False

    @property
    def readings(self) -> Sequence[str]:
        return (self.rhs,) if isinstance(self.rhs, str) else self.rhs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        sql, said = standing(column, self.readings)
        return sql, [*params * len(said), *said]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """By what leads to few; that it stands there as it was asked for is a truth of theirs and no way to them."""
        asked = [[piece for term in terms(each) for piece in pieces_of(term)] for each in self.readings]
        if not all(asked) or asked == [terms(each) for each in self.readings]:
            return self.as_sql(compiler, connection)
        column, params = self.process_lhs(compiler, connection)
        led, leading = holding(column, asked)
        each, more = self.as_sql(compiler, connection)
        return f"({led} AND ({each}) IS TRUE)", [*params * len(leading), *leading, *more]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        said = matching(self.readings)
        if not said:
            return self.as_sql(compiler, connection)
        column, _params = self.process_lhs(compiler, connection)
        index = full_text(self.lhs.target.model, self.lhs.target.column)
        found, pk = index.found
        hits = f"SELECT {pk} FROM {found} WHERE {index.name} MATCH %s"
        sql, given = f"{column.rsplit('.', 1)[0]}.id IN ({hits})", [said]
        if is_matched(self.readings):
            return sql, given
        each, more = self.as_sql(compiler, connection)
        return f"({sql} AND {each})", [*given, *more]


def is_matched(readings: Sequence[str]) -> bool:
    """Does the question to the FTS5 table say all that was asked?"""
    return all(len(term) >= SHORTEST for reading in readings for term in terms(reading)) and all(map(terms, readings))


class WordsInEach(Words):
    """The same question, answered by looking into each record: for walking a list in which most records answer."""

    lookup_name = "words_in_each"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection)

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection)


class WordsInFirstPart(WordsInEach):
    """Every word stands before the sign that parts the column. Asked of what was found already: no index serves it."""

    lookup_name = "words_in_first_part"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        sql, said = standing(column, self.readings)
        before = [f"{each}{text.PART}%" for each in said]
        given = [*params * len(said), *said, *params, f"%{text.PART}%", *params * len(said), *before]
        return f"(({sql} AND {column} NOT LIKE %s) OR {sql})", given
