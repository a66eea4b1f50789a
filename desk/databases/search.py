"""What free search stands on in either database, and what the database knows of its own rows."""

from django.db import connection, models

from .placed import Placed, full_text
from .shelves import Shelves
from .shelving import put_on_shelves


def count_anew() -> None:
    """Let the database count what it holds, or it takes a new index for better than any it knows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def prepare_search(
    model: type[models.Model], column: str = "search", shelves: Shelves | None = None, anew: bool = False
) -> bool:
    """Make or mend what free search stands on; run after every migrate, harmless when all is there.

    Of a column that may be empty only what is said is kept there. ``shelves``: PostgreSQL's index knows them as well.
    Whether SQLite read all of it anew; what stands in the same order must then be read ``anew`` too.
    """
    if connection.vendor != "postgresql":
        return full_text(model, column).prepare(anew)
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        if not shelves:
            table = model._meta.db_table
            said = f" WHERE {column} IS NOT NULL" if model._meta.get_field(column).null else ""
            index = f"{table}_{column}_trgm ON {table} USING gin ({column} gin_trgm_ops){said}"
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {index}")
    if shelves:
        put_on_shelves(shelves)
    return False


def put_in_order(*columns: tuple[type[models.Model], str]) -> None:
    """After many new names SQLite puts what is searched in order again: the first of these columns tells whether."""
    if connection.vendor == "sqlite" and Placed(*columns[0]).is_out_of_order():
        for each in columns:
            Placed(*each).prepare(anew=True)


def make_way_for_migrations(model: type[models.Model], column: str) -> None:
    """SQLite rebuilds no table of which a trigger of another one speaks; ``prepare_search`` makes it again."""
    if connection.vendor == "sqlite":
        Placed(model, column).forget_owners()


def search_triggers_missing(model: type[models.Model], column: str = "search") -> list[str]:
    """Names of what keeps SQLite's free search in step and is not there; always empty on PostgreSQL."""
    return [] if connection.vendor == "postgresql" else full_text(model, column).missing()
