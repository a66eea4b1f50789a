"""Which bank of the office an account is held with: the one that was named, or the one its number tells of.

A bank is known by its BIC, which is its code or stands in the characteristic *bic*, and by the national codes of the
characteristic *bank-codes*: both as `docs/examples/banks.yaml` makes them. Only banks the reader may view are found.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from counterparties.domain.identifiers import bank_code
from counterparties.domain.targets import Targets
from counterparties.models import Counterparty, Value
from counterparties.models.bank_account import IBAN

#: The characteristics by which banks are known.
BIC, CODES = "bic", "bank-codes"
#: The bank, without its branch; the head office writes XXX for none.
WITHOUT_BRANCH, HEAD_OFFICE = 8, "xxx"
#: So much of a BIC says which bank in which country.
TELLING = 6
#: So many national codes are looked for by one statement.
CODES_AT_ONCE = 40

#: The number of an account and the BIC that was said of it.
Account = tuple[str, str]


def bank_type(decision: Any) -> int | None:
    """The type that all banks are of."""
    return next((each.pk for each in decision.tree.types if each.kind.holds_bank_accounts), None)


class Banks:
    """The banks of the office as one reader may view them. As many statements for a thousand accounts as for one."""

    def __init__(self, decision: Any) -> None:
        self._decision = decision

    @cached_property
    def _banks(self) -> QuerySet:
        type_id = bank_type(self._decision)
        return Targets.of(self._decision).of_type(type_id).current() if type_id else Counterparty.objects.none()

    @cached_property
    def _known_by(self) -> dict[str, int]:
        """The characteristics of banks that this reader may view."""
        asked = [each.characteristic for each in self._decision.characteristics("view")]
        return {each.code: each.pk for each in asked if each.code in (BIC, CODES)}

    # ---- by what an account says

    def holding(self, accounts: Iterable[Account]) -> dict[Account, Counterparty]:
        """The bank of each account that tells of exactly one."""
        asked = list(dict.fromkeys(accounts))
        by_bic = self._by_bic({begin for each in asked if (begin := _telling(each))})
        left = {each: bank_code(each[0]) for each in asked if IBAN.fullmatch(each[0]) and not each[1]}
        by_code = self._by_code({(each[0][:2], code) for each, code in left.items() if code.isdecimal()})
        found = {}
        for each in asked:
            fitting = _nearest(each[1].lower(), by_bic.get(_telling(each), {}))
            fitting = fitting or by_code.get((each[0][:2], left.get(each, "")), set())
            if len({bank.pk for bank in fitting}) == 1:
                found[each] = next(iter(fitting))
        return found

    def _by_bic(self, begins: set[str]) -> dict[str, dict[str, set[Counterparty]]]:
        """How a BIC begins → the whole BICs, each with the banks that bear it."""
        found: dict[str, dict[str, set[Counterparty]]] = defaultdict(lambda: defaultdict(set))
        if not begins:
            return found
        by_own_code = self._banks.alias(begin=Substr("code_key", 1, TELLING)).filter(begin__in=begins)
        said = [(each.code_key, each) for each in by_own_code]
        if BIC in self._known_by:
            rows = Value.objects.filter(characteristic=self._known_by[BIC], counterparty__in=self._banks)
            rows = rows.alias(begin=Substr("text_sort", 1, TELLING)).filter(begin__in=begins)
            said += [((row.text or "").lower(), row.counterparty) for row in rows.select_related("counterparty")]
        for bic, bank in said:
            if len(bic) in (WITHOUT_BRANCH, WITHOUT_BRANCH + len(HEAD_OFFICE)):
                found[bic[:TELLING]][bic].add(bank)
        return found

    def _by_code(self, codes: set[tuple[str, str]]) -> dict[tuple[str, str], set[Counterparty]]:
        """Country and national code → the banks that have it among theirs."""
        found: dict[tuple[str, str], set[Counterparty]] = defaultdict(set)
        if CODES not in self._known_by:
            return found
        asked = sorted(codes)[:CODES_AT_ONCE]
        wanted = Q(pk__in=[])
        for country, code in asked:
            wanted |= Q(counterparty__country=country, text__contains=code)
        rows = Value.objects.filter(wanted, characteristic=self._known_by[CODES], counterparty__in=self._banks)
        for row in rows.select_related("counterparty") if asked else ():
            words = (row.text or "").split()
            for country, code in asked:
                if row.counterparty.country == country and code in words:
                    found[country, code].add(row.counterparty)
        return found

    # ---- by what it is called

    def called(self, words: Iterable[str]) -> dict[str, list[Counterparty]]:
        """Which banks are meant by each of these words: a code, a name, both together, an alias."""
        named = Targets.of(self._decision).named(words)
        return {word: [each for each in those if self._is_bank(each)] for word, those in named.items()}

    def _is_bank(self, one: Counterparty) -> bool:
        return any(each.kind.holds_bank_accounts for each in self._decision.visible_types(one))

    # ---- its own BIC

    def bic_of(self, bank: Counterparty) -> str:
        """What is said of the bank, else its code where that is one."""
        if BIC in self._known_by:
            row = Value.objects.filter(characteristic=self._known_by[BIC], counterparty=bank.pk).first()
            if row:
                return row.text or ""
        return bank.code


def _telling(account: Account) -> str:
    """How the BIC of its bank begins, as far as its number and the BIC say."""
    number, bic = account
    if bic:
        return bic[:TELLING].lower()
    code = bank_code(number) if IBAN.fullmatch(number) else ""
    # Letters in an IBAN are the bank's own, as its BIC begins with them.
    return f"{code}{number[:2]}".lower() if len(code) == 4 and code.isalpha() else ""


def _nearest(said: str, by_bic: dict[str, set[Counterparty]]) -> set[Counterparty]:
    """Those with this very BIC, else the head office; all where no BIC was said."""
    if not said:
        return set().union(*by_bic.values()) if by_bic else set()
    bare = said[:WITHOUT_BRANCH]
    for same in ({said}, {bare, bare + HEAD_OFFICE}):
        if found := set().union(*(banks for bic, banks in by_bic.items() if bic in same)):
            return found
    return set()
