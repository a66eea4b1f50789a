"""Lookups of free search: every word of a question stands somewhere in the search column."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from typing import Any

from django.db import models

from desk import text


class Words(models.Lookup):
    """``search__words="габи 4728"``: every word of the question is somewhere in the search column.

    Words of three letters and more are found inside other words, shorter ones at the beginning of a word (the column
    begins with a space). PostgreSQL answers from the trigram index, SQLite from its FTS5 table.
    """

    lookup_name = "words"
    prepare_rhs = False

    def _terms(self) -> list[str]:
        return [word if len(word) > 2 else " " + word for word in str(self.rhs).split()]

    @staticmethod
    def _like(column: str, terms: list[str]) -> tuple[str, list[str]]:
        literal = [term.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") for term in terms]
        return " AND ".join([rf"{column} LIKE %s ESCAPE '\'"] * len(terms)), [f"%{term}%" for term in literal]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        terms = self._terms()
        if not terms:
            return "1 = 1", []
        sql, given = self._like(column, terms)
        return f"({sql})", [*params * len(terms), *given]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        terms = self._terms()
        # With the space before it a word of two letters has the three signs that the index knows.
        long, short = [t for t in terms if len(t) > 2], [t for t in terms if len(t) <= 2]
        parts: list[str] = []
        given: list[Any] = []
        if long:
            alias = column.rsplit(".", 1)[0]
            fts = f"{self.lhs.target.model._meta.db_table}_{self.lhs.target.column}"
            parts.append(f"{alias}.id IN (SELECT rowid FROM {fts} WHERE {fts} MATCH %s)")
            given.append(" AND ".join('"' + term.replace('"', '""') + '"' for term in long))
        if short:
            sql, words = self._like(column, short)
            parts.append(f"({sql})")
            given += [*params * len(short), *words]
        return (f"({' AND '.join(parts)})" if parts else "1 = 1"), given


class WordsInEach(Words):
    """The same question, answered by looking into each record: for walking a list in which most records answer."""

    lookup_name = "words_in_each"

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection)


class WordsInFirstPart(Words):
    """Every word stands before the sign that parts the column. Asked of what was found already: no index serves it."""

    lookup_name = "words_in_first_part"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        if not (terms := self._terms()):
            return "1 = 1", []
        sql, said = self._like(column, terms)
        before = [f"{each}{text.PART}%" for each in said]
        given = [*params * len(terms), *said, *params, f"%{text.PART}%", *params * len(terms), *before]
        return f"(({sql} AND {column} NOT LIKE %s) OR ({sql}))", given

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection)
