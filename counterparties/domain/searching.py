"""Free search: by any word of what a counterparty is called, numbered or reached by, in either alphabet."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import phonenumbers
from django.db.models import Q, QuerySet
from phonenumbers import NumberParseException

from counterparties.domain.account_numbers import account_in, beginning_so, owners_of
from counterparties.domain.identifiers import is_whole_iban
from counterparties.models import Counterparty, Value
from desk import text
from desk.databases import (
    LISTED,
    SHORTEST,
    Found,
    Hits,
    Named,
    Shelves,
    Sought,
    put_in_order,
    put_on_shelves,
)

#: Where the names of counterparties stand, as their search index knows it: in the order in which they are found.
SHELVES = Shelves(Counterparty, Counterparty.found_by)
#: Whoever may view no more than this has each of them looked into; the index names what the whole office has.
FEW_SEEN = 2_000
#: So much of a question is read.
LONGEST = 200
#: Signs around a word that belong to the sentence and not to the word.
AROUND = "\"'`«»„“”‘’‚‹›()[]{}<>,;!?"
#: A phone or a number as people group it: from so many digits on, the groups are one number.
GROUPED = re.compile(r"\+?[0-9(][0-9()\-./ ]*")
FEWEST_IN_GROUPS, FEWEST_IN_ONE = 6, 3
#: Written to be called from abroad: with a + or with 00, which no number at home begins with and no long code.
FROM_ABROAD = re.compile(r"\+[1-9]|00[1-9](?=(\D*[0-9]){7})")


@dataclass(frozen=True)
class Question:
    """What is searched for: each reading is a list of words that must all be found; one reading is enough.

    ``account``: the number of a bank account, or how one begins, where it may be one.
    """

    readings: tuple[str, ...]
    account: str = field(default="", compare=False)

    @property
    def is_iban(self) -> bool:
        return is_whole_iban(self.account.upper())


def question(said: str) -> Question:
    """Read what somebody typed into the search box."""
    written = text.clean(said.replace("\x00", " "))[:LONGEST]
    words, account = text.key(written).split(), account_in(written)
    number = _number(" ".join(words))
    if number and len(words) > 1:
        return Question((number,), account)
    literal = " ".join(bare for word in words if (bare := word.strip(AROUND))) or " ".join(words)
    if len(number) >= SHORTEST and number in literal:
        # Whoever is found by 000695406 is found by 695406. (Part of a number, at a million on PostgreSQL: 13 ms, so 6.)
        return Question((number,), account)
    return Question(tuple(dict.fromkeys(reading for reading in (literal, number) if reading)), account)


def _number(said: str) -> str:
    """Digits grouped by spaces and signs as one number, as phones and numbers are kept for search; else nothing."""
    digits = "".join(sign for sign in said if sign in "0123456789")
    fewest = FEWEST_IN_GROUPS if " " in said else FEWEST_IN_ONE
    if len(digits) < fewest or not GROUPED.fullmatch(said):
        return ""
    return _national(said, digits) or digits.lstrip("0") or digits


def _national(said: str, digits: str) -> str:
    """A number written to be called from abroad, without the country's own: at home a 0 may stand in its place."""
    if not FROM_ABROAD.match(said):
        return ""
    try:
        return str(phonenumbers.parse("+" + digits.lstrip("0"), None).national_number)
    except NumberParseException:
        return ""


def answering(asked: Question, no_clients: Collection[int] = ()) -> Q:
    """Which counterparties answer a question.

    Few hits: the ids are found first and sorted afterwards; very few are named, and so found once for page and count.
    Many hits: the list is walked in its own order and each record is looked into, until the page is full.
    ``no_clients`` are the combinations of types in which the reader may not know what it is called as a client: there
    that name is not searched.
    """
    if asked.is_iban and (owners := owners_of(asked.account, LISTED)):
        return Q(Named(owners))
    found, known = Hits(Counterparty, asked.readings, shelves=SHELVES), known_words(asked, no_clients)
    if (named := found.up_to_all(LISTED)) is not None:
        if not named and asked.account:
            # What nobody is called or numbered may be how an account begins.
            return Q(Named(owners_of(asked.account, LISTED)))
        return Q(Named(named)) & known
    if found.is_indexed and found.are_few:
        return Q(Found(found)) & known
    return Q(Sought(found)) & known


def in_each(asked: Question, no_clients: Collection[int] = ()) -> Q:
    """The same where few records come into question: each of them is looked into."""
    said = Q(search__words_in_each=asked.readings) & known_words(asked, no_clients)
    return said | Q(pk__in=beginning_so(asked.account).order_by()) if asked.account else said


def known_words(asked: Question, no_clients: Collection[int]) -> Q:
    """Where the reader may not know what it is called as a client, the words stand in the rest."""
    if not no_clients:
        return Q()
    return ~Q(type_set__in=sorted(no_clients)) | Q(search__words_in_first_part=asked.readings)


def hidden_clients(decision: Any) -> set[int]:
    """The combinations of types with a client among them that may not be viewed as one."""
    clients = {each.pk for each in decision.tree.types if each.kind.is_client}
    hidden = clients - decision.type_ids("view")
    return {pk for pk, types in decision.type_sets.items() if types & hidden and not types & (clients - hidden)}


def put_names_in_order() -> None:
    """After many new names the first of what is found are soon met again, in the order of names."""
    put_on_shelves(SHELVES)
    put_in_order((Counterparty, "search"), (Value, "text_key"))


def search(counterparties: QuerySet, said: str, no_clients: Collection[int] = ()) -> QuerySet:
    """Those of these counterparties that answer what somebody typed; all of them for an empty question."""
    asked = question(said)
    return counterparties.filter(answering(asked, no_clients)) if asked.readings else counterparties
