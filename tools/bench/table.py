"""The table of what was measured: a line per figure, a column per size, and what grew with the office."""

from collections.abc import Iterable, Iterator
from typing import Any

#: A page's time may grow by so much from the smallest to the largest office.
GROWTH = 1.5
#: Figures that are no page and grow with what they do by their nature.
GROWING = ("sheets", "import", "http")
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

WIDE = ", 300 types and 50 roles"
#: How the name of a figure ends that is a page as a person awaits it.
PAGE = "whole response"
#: The page that cannot grow, with which every other takes turns.
STEADY_GROUP = "steady page"

Figures = dict[str, dict[int, dict[str, Any]]]


def text(result: dict[str, Any]) -> str:
    """Everything as Markdown, so that it may be read as it is and put into a document."""
    parts = [f"Measured {result['at']} on {result['machine']}.", ""]
    if "building" in result:
        whole = f"built or brought up to date in {result['building']} s, measured in {result['measuring']} s"
        parts.append(f"- All offices: {whole}")
    for office in result["offices"]:
        built = office["built"]
        parts.append(
            f"- {title(office)}: built in {built['seconds']:.0f} s, {built['megabytes']:,.0f} MB;"
            f" measured in {office['seconds']} s{'; ' + office['trouble'] if office['trouble'] else ''}"
        )
    for heading, some in families(result["offices"]):
        parts += ["", *section(heading, some)]
    parts += ["", *differing(result["offices"]), *unsteady(result["offices"])]
    parts += ["", "### Targets that are missed", "", *listed(missed(result["offices"]))]
    heading = f"### Pages that grow by more than {GROWTH}, told by the steady page"
    parts += ["", heading, "", *listed(grown(result["offices"]))]
    heading = "### Pages that grow and show more rows in the larger office"
    parts += ["", heading, "", *listed(grown(result["offices"], is_fuller=True))]
    return "\n".join(parts)


def families(offices: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Offices that differ in nothing but their size, with what they are called together."""
    for database in dict.fromkeys(each["database"] for each in offices):
        for is_wide in (False, True):
            if some := [each for each in offices if each["database"] == database and each["is_wide"] == is_wide]:
                yield f"{NAMES[database]}{WIDE if is_wide else ''}", some


def title(office: dict[str, Any]) -> str:
    return f"{NAMES[office['database']]} {office['size']:,}{WIDE if office['is_wide'] else ''}"


def section(heading: str, offices: list[dict[str, Any]]) -> Iterator[str]:
    sizes = [each["size"] for each in offices]
    yield f"### {heading}"
    yield ""
    columns = " | ".join(f"{size:,}" for size in sizes)
    yield f"| figure | {columns} | growth | statements | ratio to the floor | target |"
    yield f"| --- |{' ---: |' * (len(sizes) + 3)} --- |"
    for name, by_size in by_name(offices).items():
        yield line(name, [by_size.get(size) for size in sizes])


def by_name(offices: Iterable[dict[str, Any]]) -> Figures:
    found: Figures = {}
    for office in offices:
        for figure in office["figures"]:
            found.setdefault(f"{figure['group']}: {figure['name']}", {})[office["size"]] = figure
    return found


def line(name: str, figures: list[dict[str, Any] | None]) -> str:
    last = [each for each in figures if each][-1]
    times = [milliseconds(each) for each in figures]
    ratio = f"{last['ratio']:.2f} x {last['against']}" if last["ratio"] else ""
    note = f"; {last['note']}" if last["note"] else ""
    target = f"{last['target']} {verdict(last)}".strip() if last["target"] else ""
    grown = growth(figures)
    asked = "" if last["statements"] is None else str(last["statements"])
    return f"| {name} | {' | '.join(times)} | {grown} | {asked} | {ratio}{note} | {target} |"


def milliseconds(figure: dict[str, Any] | None) -> str:
    if not figure or figure["ms"] is None:
        return ""
    ms = figure["ms"]
    return f"{ms:,.0f}" if ms >= 100 else f"{ms:.1f}" if ms >= 10 else f"{ms:.2f}"


def verdict(figure: dict[str, Any]) -> str:
    """Whether the wished for ratio was reached."""
    if figure["at_most"] is None or not figure["ratio"]:
        return ""
    limit = f"≤ {figure['at_most']:g}"
    return f"{limit} {'reached' if figure['ratio'] <= figure['at_most'] else '**missed**'}"


def growth(figures: list[dict[str, Any] | None]) -> str:
    """The largest against the smallest; marked where it is above the law for pages."""
    times = growing(figures)
    return "" if times is None else f"**{times:.2f}**" if times > GROWTH else f"{times:.2f}"


def growing(figures: list[dict[str, Any] | None]) -> float | None:
    """How many times slower the largest office is than the smallest, where that says anything.

    Pages are told by the page that cannot grow, which stood beside them in each office; all else by the clock.
    """
    by_steady = by(figures, "by_steady")
    return by(figures, "ms") if by_steady is None else by_steady


def by(figures: list[dict[str, Any] | None], measure: str) -> float | None:
    """The largest against the smallest by one measure."""
    known = [each for each in figures if each]
    times = [each[measure] for each in known if each.get(measure)]
    if len(times) < 2 or len(times) != len(known) or known[0]["group"] in GROWING:
        return None
    return times[-1] / times[0]


def missed(offices: list[dict[str, Any]]) -> Iterator[str]:
    """Every target that the largest office of its family does not reach."""
    for heading, some in families(offices):
        for name, by_size in by_name(some).items():
            last = by_size[max(by_size)]
            if "missed" in verdict(last):
                yield f"{last['target']}, {heading}, {name}: {last['ratio']:.3g}, wished for ≤ {last['at_most']:g}"


def grown(offices: list[dict[str, Any]], is_fuller: bool = False) -> Iterator[str]:
    """Every whole page that breaks the law of growth; or those of them that are fuller in the larger office."""
    for heading, some in families(offices):
        for name, by_size in by_name(some).items():
            figures: list[dict[str, Any] | None] = [by_size[size] for size in sorted(by_size)]
            times = growing(figures) if PAGE in name else None
            if times is not None and times > GROWTH and bool(fuller(by_size)) is is_fuller:
                shown = f"{' → '.join(map(milliseconds, figures))} ms{fuller(by_size)}"
                yield f"{heading}, {name}: {times:.2f}, {by(figures, 'ms'):.2f} by the clock ({shown})"


def fuller(by_size: dict[int, dict[str, Any]]) -> str:
    """How many rows a page shows in each office, where it shows more of them in the largest than in the smallest."""
    rows = [by_size[size].get("rows") for size in sorted(by_size)]
    is_fuller = None not in rows and rows[0] < rows[-1]
    return f"; {' → '.join(map(str, rows))} rows" if is_fuller else ""


def listed(sentences: Iterable[str]) -> list[str]:
    return [f"- {each}" for each in sentences] or ["None."]


def differing(offices: list[dict[str, Any]]) -> Iterator[str]:
    """T10: one question, the same answer on both databases."""
    answers: dict[tuple[int, str], dict[str, str]] = {}
    for office in offices:
        for figure in office["figures"]:
            if figure["answer"]:
                answers.setdefault((office["size"], figure["name"]), {})[office["database"]] = figure["answer"]
    both = {key: said for key, said in answers.items() if len(said) > 1}
    if not both:
        return
    wrong = [f"{size:,}: {name}" for (size, name), said in both.items() if len(set(said.values())) > 1]
    yield f"T10: {len(both)} searches were asked on both databases; {len(both) - len(wrong)} have identical answers."
    yield from (f"- different at {each}" for each in wrong)


def unsteady(offices: list[dict[str, Any]]) -> Iterator[str]:
    """A page that asks or shows more in the larger office can grow, and nothing is to be told by it."""
    for heading, some in families(offices):
        for name, by_size in by_name(some).items():
            seen = {(each["statements"], each["rows"]) for each in by_size.values()}
            if name.startswith(STEADY_GROUP) and len(seen) > 1:
                told = ", ".join(f"{asked} statements and {rows} rows" for asked, rows in sorted(seen))
                yield f"- **{heading}, {name} is not the same in each office**: {told}. No growth can be told by it."
