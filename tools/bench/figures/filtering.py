"""Filters: each sort alone, and together."""

from desk.databases import number_of_all
from desk.listing import capped_count
from tools.bench.asking import COLUMNS, REGISTER, Person
from tools.bench.watch import Watch

FILTERS = [
    ("status", "status=active"),
    ("rare status", "status=stage-8"),
    ("type", "type=client"),
    ("country", "country=BG"),
    ("archived", "archived=yes"),
    ("created, one month", "created_after=2024-03-01&created_before=2024-03-31"),
    ("text, contains, many", "c-town=соф"),
    ("text, contains, one", "c-reference=000007919"),
    ("number from-to, many", "c-employees_min=5&c-employees_max=100"),
    ("number from-to, few", "c-employees_min=2000"),
    ("date from-to, many", "c-founded_after=1990-01-01"),
    ("date from-to, few", "c-visited_after=2026-10-30"),
    ("yes or no", "c-certified=yes"),
    ("nomenclature with children", "c-region=e3"),
    ("nomenclature, two elements", "c-segment=e7&c-segment=e8"),
]
#: Three characteristics, a status and a type.
TOGETHER = "c-employees_min=20&c-founded_after=2000-01-01&c-segment=e2&status=active&type=client"
FEW_TOGETHER = "c-employees_min=1500&c-certified=yes&c-region=e3&status=active&type=supplier"


def measure(watch: Watch, size: int, database: str) -> None:
    reader = Person("reader")
    for name, query in FILTERS:
        watch.take(f"by {name}: page 1 and count", lambda: page_and_count(reader, query))  # noqa: B023 -- called at once
        whole(watch, reader, f"by {name}", query)
    scope = reader.question()
    for name, query in (("many answer", TOGETHER), ("few answer", FEW_TOGETHER)):
        watch.take(
            f"3 characteristics, status, type, {name}: page 1 and count",
            lambda: page_and_count(reader, query),  # noqa: B023
            lambda: scope.records().order_by().count(),
            against="exact count of the scope",
            target="T7" if database == "postgresql" else "T8",
            at_most=0.5 if database == "postgresql" else 1.2,
        )
        whole(watch, reader, f"3 characteristics, status, type, {name}", query)
    watch.take(
        "3 characteristics, status, type: exact count",
        lambda: number_of_all(reader.question(TOGETHER).records()),
    )
    name, query = "text contains, sorted by a number", "c-town=соф&sort=-c-turnover"
    watch.take(f"{name}: page 1 and count", lambda: page_and_count(reader, query))
    whole(watch, reader, name, query)


def whole(watch: Watch, reader: Person, name: str, query: str) -> None:
    """The page as a person awaits it."""
    address = f"{REGISTER}?{COLUMNS}&{query}"
    watch.take(f"{name}, whole response", lambda: reader.page(address), rows=reader.rows(address))


def page_and_count(reader: Person, query: str) -> None:
    question = reader.question(f"{COLUMNS}&{query}")
    reader.data(f"{COLUMNS}&{query}", question)
    capped_count(question.records())
