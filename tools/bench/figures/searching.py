"""Free search: both alphabets, numbers, long and short needles, no hit; the same answers on both databases."""

from hashlib import sha256

from counterparties.domain import searching
from counterparties.models import BankAccount, Counterparty
from desk.pages.how_many import capped_count
from tools.bench.asking import COLUMNS, Person, scanned
from tools.bench.figures.filtering import count_after, listed
from tools.bench.watch import Watch

#: (name, what is typed, the piece a scan would look for)
NEEDLES = [
    ("Cyrillic, two words, any case", "ДУНАВ Родопа", "дунав"),
    ("Cyrillic, one word, many hits", "балкан", "балкан"),
    ("Cyrillic typed in Latin", "dunav rodopa", "dunav"),
    ("Latin, two words", "Spreewald Weserland", "spreewald"),
    ("inner part of a word", "ражда", "ражда"),
    ("company number", "200004711", "200004711"),
    ("part of a number", "00471", "00471"),
    ("code", "C14711", "c14711"),
    ("e-mail host", "dunav-rodopa-", "dunav-rodopa-"),
    ("phone, grouped", "+359 87 1234", "871234"),
    ("whole name", "Хотел „Дунав Родопа“ ООД", "дунав родопа"),
    ("nothing answers", "зззяяя", "зззяяя"),
]
#: Too short for a trigram, or in nearly every record: walked in the order of the list.
WALKED = [("two letters", "ду", " ду"), ("one letter", "б", " б"), ("in most records", "example", "example")]


def measure(watch: Watch, size: int, database: str) -> None:
    reader = Person("reader")
    for name, said, needle in NEEDLES:
        watch.take(
            f"{name}: found and counted",
            lambda: found_and_counted(reader, said),  # noqa: B023 -- called at once
            lambda: scanned(needle),  # noqa: B023
            against="scan of the search texts",
            target="T9",
            at_most=0.03,
            answer=answer(said),
        )
    for name, said, needle in WALKED:
        watch.take(
            f"{name}: found and counted",
            lambda: found_and_counted(reader, said),  # noqa: B023
            lambda: scanned(needle),  # noqa: B023
            against="scan of the search texts",
            answer=answer(said),
        )
    for name, said, more in [
        ("two words", "ДУНАВ Родопа", ""),
        # Of a million codes from C10001 on, as many begin with the longer one as with the shorter one of fewer.
        ("a hundred hits", "C1471" if size >= 1_000_000 else "C147", ""),
        ("many hits", "балкан", ""),
        ("many hits, by a number", "балкан", "&sort=-c-turnover"),
        ("a quarter of all names", "оод", ""),
        ("a quarter of all names, and a text", "оод", "&c-contact=ив"),
        ("in most records", "example", ""),
    ]:
        asked = f"q={said}{more}"
        watch.take(f"{name}: page 1 and count", lambda: reader.page_and_count(f"{COLUMNS}&{asked}"))  # noqa: B023
        watch.page(name, reader, listed(asked))
        count_after(watch, reader, name, asked)
    account = BankAccount.objects.order_by("pk").values_list("number", flat=True)[0]
    watch.page("a bank account", reader, listed(f"q={account}"))


def found_and_counted(reader: Person, said: str) -> None:
    question = reader.question(f"q={said.replace('+', '%2B')}")
    capped_count(question.records())


def answer(said: str) -> str:
    """A mark of who answers, in full for few and of the first by id for many."""
    found = searching.search(Counterparty.objects.order_by("pk"), said).values_list("pk", flat=True)[:2_000]
    ids = ",".join(map(str, found))
    return f"{len(found)}:{sha256(ids.encode()).hexdigest()[:12]}"
