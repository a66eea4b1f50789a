"""Filters: each sort alone, and together."""

from counterparties.domain import holdings
from counterparties.models import Value
from desk.databases import number_of_all
from desk.pages.how_many import SOON
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
#: Asked as whole pages alone.
PAGES = [
    ("sorted by country", "sort=country"),
    ("archived, sorted by country", "archived=yes&sort=country"),
    ("by status and country", "status=active&country=BG"),
    ("by country, sorted by status", "country=BG&sort=status"),
    ("by status, sorted by country", "status=active&sort=country"),
    ("two countries", "country=BG&country=RU"),
    ("with their towns", "columns=city"),
    ("in a town", "city=София"),
    ("in a town, by newest", "city=София&sort=-created"),
    ("in a town, text contains", "city=София&c-contact=иван"),
    ("by number, sorted by it", "c-employees_min=100&sort=c-employees"),
    ("by element, sorted by it", "c-region=e3&sort=c-region"),
    ("text contains, sorted by it", "c-town=соф&sort=c-town"),
]
#: So many reach a bound that a page answers.
REACHED = 60


def measure(watch: Watch, size: int, database: str) -> None:
    reader = Person("reader")
    for name, query in [*FILTERS, *bounds(reader)]:
        said = f"{COLUMNS}&{query}"
        watch.take(f"by {name}: page 1 and count", lambda: reader.page_and_count(said))  # noqa: B023 -- called at once
        watch.page(f"by {name}", reader, listed(query))
        count_after(watch, reader, f"by {name}", query)
    scope = reader.question()
    for name, query in (("many answer", TOGETHER), ("few answer", FEW_TOGETHER)):
        said = f"{COLUMNS}&{query}"
        watch.take(
            f"3 characteristics, status, type, {name}: page 1 and count",
            lambda: reader.page_and_count(said),  # noqa: B023
            lambda: scope.records().order_by().count(),
            against="exact count of the scope",
            target="T7" if database == "postgresql" else "T8",
            at_most=0.5 if database == "postgresql" else 1.2,
        )
        watch.page(f"3 characteristics, status, type, {name}", reader, listed(query))
        count_after(watch, reader, f"3 characteristics, status, type, {name}", query)
    watch.take(
        "3 characteristics, status, type: exact count",
        lambda: number_of_all(reader.question(TOGETHER).records()),
    )
    for name, query in [*PAGES, of_a_holding(reader), text_and_day(reader)]:
        watch.page(name, reader, listed(query))
    name, query = "text contains, sorted by a number", "c-town=соф&sort=-c-turnover"
    watch.take(f"{name}: page 1 and count", lambda: reader.page_and_count(f"{COLUMNS}&{query}"))
    watch.page(name, reader, listed(query))
    count_after(watch, reader, name, query)


def listed(query: str) -> str:
    """The register with its eight characteristics, asked so."""
    return f"{REGISTER}?{COLUMNS}&{query}"


def bounds(reader: Person) -> list[tuple[str, str]]:
    """A number and a day that as many reach in an office of any size: a page and some more."""
    seen = reader.question().records().order_by()
    found = []
    for name, code, column, asked in (
        ("number", "employees", "number", "c-employees_min"),
        ("date", "visited", "day", "c-visited_after"),
    ):
        rows = Value.objects.filter(characteristic__code=code, counterparty__in=seen).order_by(f"-{column}")
        said = rows.filter(**{f"{column}__isnull": False}).values_list(column, flat=True)[REACHED]
        found.append((f"{name} from-to, a page answers", f"{asked}={said}"))
    return found


def of_a_holding(reader: Person) -> tuple[str, str]:
    """One that the reader knows as a holding."""
    code = holdings.seen_by(reader.decision).exclude(members=None).order_by("pk").values_list("code", flat=True)[0]
    return "of one holding", f"holding={code}"


def text_and_day(reader: Person) -> tuple[str, str]:
    """A piece of a text, and a day since which a page and some more came of whom it is said."""
    text = "c-town=соф"
    came = reader.question(text).records().order_by("-created_at").values_list("created_at", flat=True)[REACHED]
    return "text contains, came since a day", f"{text}&created_after={came:%Y-%m-%d}"


def count_after(watch: Watch, reader: Person, name: str, query: str) -> None:
    """The request for the count that follows such a page, where one does."""
    if reader.listing(query).count_follows:
        address = listed(f"{query}&count={SOON}")
        watch.take(f"{name}: the count that follows, a request", lambda: reader.page(address))
