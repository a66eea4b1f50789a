"""What is answered to a characteristic of each type, as people do it on the card and in the filter panel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from playwright.sync_api import Locator, expect

from characteristics.domain.packed import Packed
from tests.files.makes import PDF, png

#: On the card and in the panel: the page (or its part) and the name of the field.
Act = Callable[[Locator, str], None]


@dataclass(frozen=True)
class Answers:
    """Said on a new card, told by the pages, asked for in the filter, and changed.

    ``less`` is what another counterparty says.
    """

    say: Act
    seen: str
    ask: Act
    chip: str
    change: Act
    became: str
    less: Any = None


def written(words: str, ending: str = "") -> Act:
    return lambda page, name: page.locator(f"[name='{name}{ending}']").last.fill(words)


def picked(code: str, ending: str = "") -> Act:
    return lambda page, name: page.locator(f"select[name='{name}{ending}']").last.select_option(code)


def brought(file: str, content: bytes, kind: str) -> Act:
    upload = {"name": file, "mimeType": kind, "buffer": content}
    return lambda page, name: page.locator(f"[name='{name}']").set_input_files(upload)


def tile(code: str) -> Act:
    return lambda page, name: page.locator(f".tile:has([name='{name}'][value='{code}'])").click()


def unfolded(code: str, ending: str = "") -> Act:
    """A tick in a list that unfolds."""

    def tick(page: Locator, name: str) -> None:
        box = page.locator(f"[name='{name}{ending}'][value='{code}']")
        page.locator("details.choose", has=page.page.locator(f"[name='{name}{ending}'][value='{code}']")).locator(
            "summary"
        ).click()
        box.check()
        page.page.keyboard.press("Escape")

    return tick


def suggested(words: str) -> Act:
    """The first letters, then the one that is suggested."""

    def choose(page: Locator, name: str) -> None:
        page.locator(f"[name='{name}']").press_sequentially(words)
        page.page.locator("#suggestions li").first.click()
        expect(page.locator(f"[name='{name}']")).not_to_have_value(words)

    return choose


def each(*acts: Act) -> Act:
    def all_of_them(page: Locator, name: str) -> None:
        for act in acts:
            act(page, name)

    return all_of_them


ANSWERS = {
    "text": Answers(
        written("Three wishes"), "Three wishes", written("wish"), "wish",
        written("Four wishes"), "Four wishes", "A boat",
    ),
    "long_text": Answers(
        written("A line.\n<b>Another</b> line."), "<b>Another</b> line.", written("another"), "another",
        written("One line."), "One line.", "A boat.\nA net.",
    ),
    "number": Answers(
        written("1 234,5"), "1,234.5 kg", written("1000", "_min"), "from 1,000",
        written("0.000001"), "0.000001", Decimal(999),
    ),
    "date": Answers(
        written("1835-10-02"), "2 Oct 1835", written("1835-10-02", "_after"), "since 2 Oct 1835",
        written("2026-12-31"), "31 Dec 2026", date(1835, 10, 1),
    ),
    "checkbox": Answers(picked("yes"), "Yes", picked("yes"), "Yes", picked("no"), "No", False),
    "nomenclature": Answers(
        picked("beta"), "Beta", unfolded("beta"), "Beta", picked("gamma"), "Gamma", "alpha",
    ),
    "counterparty": Answers(
        suggested("Riv"), "Rival", suggested("Riv"), "Rival", written("SILENT"), "Silent", "ABROAD",
    ),
    "file": Answers(
        brought("offer.pdf", PDF, "application/pdf"), "offer.pdf", picked("yes"), "there is one",
        brought("contract.pdf", PDF, "application/pdf"), "contract.pdf",
    ),
    "picture": Answers(
        brought("front.png", png(), "image/png"), "front.png", picked("yes"), "there is one",
        brought("back.png", png("red"), "image/png"), "back.png",
    ),
    "selectable_picture": Answers(
        tile("beta"), "Beta", unfolded("beta"), "Beta", tile("gamma"), "Gamma", "alpha",
    ),
    "with_package": Answers(
        each(picked("yes"), picked("beta", "_package"), written("12,5", "_quantity")), "Yes, 12.5 × Beta",
        each(picked("yes"), unfolded("beta", "_package"), written("12", "_quantity_min")), "Yes, Beta, from 12",
        written("13", "_quantity"), "Yes, 13 × Beta", Packed(False),
    ),
}  # fmt: skip
