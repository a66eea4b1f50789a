"""The register: first page, deep pages, orders, rows, counts."""

from html import escape

from desk.columns import written_rows
from desk.pages.how_many import capped_count
from tools.bench import floor
from tools.bench.asking import COLUMNS, REGISTER, Person, by_keys
from tools.bench.shaping import CHARACTERISTICS
from tools.bench.watch import Watch

ALL_TWELVE = "&".join(f"columns=c-{code}" for code, _type in CHARACTERISTICS)
#: (name, order): the ways an office sorts its list.
ORDERS = [
    ("name", "name"),
    ("newest first", "-created"),
    ("status", "status"),
    ("number", "-c-employees"),
    ("text", "c-contact"),
    ("date", "c-visited"),
    ("nomenclature", "c-region"),
]


def measure(watch: Watch, size: int, database: str) -> None:
    reader = Person("reader")
    first_page(watch, reader, database)
    orders(watch, reader)
    counts(watch, reader)


def first_page(watch: Watch, reader: Person, database: str) -> None:
    question = reader.question(COLUMNS)
    ids = [each.pk for each in reader.data(COLUMNS)]
    watch.take(
        "page 1, data, 8 characteristics",
        lambda: reader.data(question=question, query=COLUMNS),
        lambda: by_keys(ids),
        against="51 records by id",
        target="T1",
        at_most=3.5 if database == "postgresql" else 4,
    )
    sets, shown = reader.decision.set_ids("view"), floor.characteristics()
    watch.page(
        "page 1",
        reader,
        f"{REGISTER}?{COLUMNS}",
        lambda: reader.page("/floor/"),
        against="raw SQL and a string join, as a page",
        target="T2",
        at_most=3.5,
    )
    watch.page(
        "page 1 again",
        reader,
        f"{REGISTER}?{COLUMNS}",
        lambda: floor.table(sets, shown),
        against="raw SQL and a string join alone",
    )
    watch.page("page 1 as it comes", reader, REGISTER)
    watch.page("page 1 with filters open", reader, f"{REGISTER}?filters=open")
    watch.page("page 1 of a superuser", Person("admin"), f"{REGISTER}?{COLUMNS}")
    rows(watch, reader)


def rows(watch: Watch, reader: Person) -> None:
    """Fifty rows of twelve characteristics, written from records that are read already."""
    listing = reader.listing(f"columns=name&{ALL_TWELVE}")
    records = listing.records
    ready = [[column.html(record) for column in listing._columns] for record in records]
    titles = [escape(str(column.title)) for column in listing._columns]

    def joined() -> str:
        made = []
        for cells in ready:
            row = [
                f'<td class="text cut" data-label="{t}">{escape(c)}</td>' for t, c in zip(titles, cells, strict=True)
            ]
            made.append(f"<tr>{''.join(row)}</tr>")
        return "\n".join(made)

    def written() -> str:
        return "\n".join(written_rows(listing._columns, records, lambda record: ""))

    watch.take(
        "rows 50 x 12, written", written, joined, against="ready texts escaped and joined", target="T3", at_most=1.5
    )


def orders(watch: Watch, reader: Person) -> None:
    """The first page in each order, and a page from the middle of the list in the same order."""
    for name, key in ORDERS:
        query = f"{COLUMNS}&sort={key}"
        here = reader.question(query)
        watch.take(f"by {name}, page 1, data", lambda: reader.data(query, here))  # noqa: B023 -- called at once
        deep = f"{query}&after={reader.word_at(query, 0.5)}"
        watch.take(
            f"by {name}, middle of the list, data",
            lambda: reader.data(deep, here),  # noqa: B023
            lambda: reader.data(query, here),  # noqa: B023
            against="page 1 of the same list",
            target="T4",
            at_most=1.5,
        )


def counts(watch: Watch, reader: Person) -> None:
    question = reader.question(COLUMNS)
    watch.take(
        "count, capped",
        lambda: capped_count(question.records()),
        lambda: reader.data(COLUMNS, question),
        against="page 1, data",
        target="T6",
        at_most=1,
    )
    watch.take("count, exact on demand", lambda: question.records().order_by().count())
    # No page as it comes: somebody asks for it by hand, and waits while all are counted.
    watch.take("counted to the end, a request", lambda: reader.page(f"{REGISTER}?q=оо&count=exact"))
    # Whoever asks for numbers of the whole office has them added up of everybody; of some facts they are known.
    for name, rows in (("a fact that is tallied", "status"), ("an element", "c-segment")):
        address = f"{REGISTER}analysis/?rows={rows}"
        watch.take(f"in numbers by {name}, a request", lambda: reader.page(address))  # noqa: B023 -- called at once
