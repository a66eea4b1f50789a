"""Functions that tell PostgreSQL's indexes of free search where a record stands, and what it says of what many say."""

# ruff: noqa: S608 -- the names put into statements are our own models'

from typing import Any

from .often import chosen
from .shelves import LETTERS, MOST_PIECES, NUMBERS, SHELVES, WIDE, Shelves

#: So many names tell where all of them stand.
ASKED = 50_000
#: The beginning of a name that tells its shelf, as something of one length: else PostgreSQL passes all bounds one by
#: one for each name (0.8 µs so, and 3).
BEGINNING = '(left({} COLLATE "C", 15)::name COLLATE "C")'
BODY = (
    f"DECLARE number bigint := {SHELVES} + width_bucket({BEGINNING.format('name')}, %1$L::name[]);"
    f" beginning CONSTANT bigint := %2$s::bigint * {LETTERS * NUMBERS}; BEGIN %3$s; END"
)
SHELF = "RETURN beginning + number"
#: Letters other than Latin ones take several bytes each.
OTHERS = f"DECLARE others CONSTANT bigint := CASE WHEN octet_length(said) > length(said) THEN {NUMBERS} ELSE 0 END"
LEVELS = [(level, " + others" if SHELVES >> level < WIDE else "") for level in range(SHELVES.bit_length())]
KEYS = (
    f"{OTHERS}; BEGIN RETURN ARRAY["
    f"{', '.join(f'beginning + (number >> {level}){others}' for level, others in LEVELS)}]; END"
)
#: The key of a piece on its shelf, for whoever has it.
PIECE = f"CASE WHEN position(%L in said) > 0 THEN (beginning + number) * {MOST_PIECES} + %s END"
PIECES = "RETURN array_remove(ARRAY[%s]::bigint[], NULL)"


def functions(shelves: Shelves, ending: str, names: int) -> tuple[str, list[Any]]:
    """A question for the statements that make them: it is the database that quotes what it found."""
    parts = ", ".join(str(number / SHELVES) for number in range(1, SHELVES))
    bounds = (
        f"SELECT percentile_disc(ARRAY[{parts}]) WITHIN GROUP (ORDER BY {BEGINNING.format(shelves.by)})"
        f" FROM {shelves.table} TABLESAMPLE SYSTEM (LEAST(100, 100.0 * {ASKED} / {max(names, 1)})) WHERE {names} > 0"
    )
    each = (
        "SELECT string_agg(format(%s, piece, number - 1), ', ') FROM unnest(pieces) WITH ORDINALITY AS _(piece, number)"
    )
    made = "CREATE FUNCTION {}{}({}) RETURNS {} LANGUAGE {} IMMUTABLE PARALLEL SAFE AS %L"
    # Found out once: else PostgreSQL would take other bounds for each function.
    known = (
        # Without shelves there is no bound between them.
        f"SELECT COALESCE(({bounds}), '{{}}') AS bounds, {names} AS names, ({chosen(shelves, names)}) AS pieces"
    )
    return (
        f"WITH known AS MATERIALIZED ({known}) SELECT ARRAY[format(%s, format(%s, bounds, names, %s)),"
        " format(%s, format(%s, bounds, names, %s)),"
        f" format(%s, format(%s, bounds, names, format(%s, ({each})))),"
        " format(%s, format('SELECT %%L::text[]', pieces))] FROM known",
        [
            *(made.format(shelves.function, ending, "name text", "bigint", "plpgsql"), BODY, SHELF),
            *(made.format(shelves.keys, ending, "name text, said text", "bigint[]", "plpgsql"), BODY, KEYS),
            *(made.format(shelves.often, ending, "name text, said text", "bigint[]", "plpgsql"), BODY, PIECES, PIECE),
            made.format(shelves.said_often, ending, "", "text[]", "sql"),
        ],
    )
