"""Where the demo counterparties are paid: accounts with right numbers, at the banks of the demo office."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from stdnum import iban

from counterparties.models import BankAccount, Counterparty

from .firms import Draft
from .numbers import digits

#: So many of a hundred firms have an account noted, and so many of those a second one.
NOTED, SECOND = 45, 12
CURRENCIES = {"GB": "GBP", "RO": "RON", "RU": "RUB"}
PURPOSES = ("", "", "", "Invoices", "Payroll", "Deposits for packages")
#: The account number behind the bank's own letters or digits; Russian banks give twenty digits and no IBANs.
BEHIND = {"BG": 14, "GB": 14, "RO": 16, "DE": 10}
RUSSIAN = "40702810"

#: A bank, its BIC and how the country numbers it.
Bank = tuple[Counterparty, str, str]


def accounts(drafts: Sequence[Draft], today: date, random: Random) -> list[BankAccount]:
    """Each own company has two, a firm one or none, a few have one that was closed."""
    banks, own = _banks(drafts, random), [draft.counterparty for draft in drafts if "company" in draft.codes]
    found: list[BankAccount] = []
    for draft in drafts:
        if "bank" in draft.codes or draft.land.country not in banks:
            continue
        is_own = "company" in draft.codes
        if not is_own and random.randrange(100) >= NOTED:
            continue
        at_home = banks[draft.land.country]
        found.append(_account(draft, random.choice(at_home), random, is_main=True))
        if not is_own and random.random() < 0.2:
            found[-1].company = random.choice(own)
        if is_own:
            found.append(_account(draft, random.choice(at_home), random, is_main=True, currency="USD"))
        elif random.randrange(100) < SECOND:
            found.append(_account(draft, random.choice(at_home), random, closed_on=_some_day(today, random)))
    return found


def _banks(drafts: Sequence[Draft], random: Random) -> dict[str, list[Bank]]:
    """By their countries; what a bank's IBANs begin with follows from its BIC, or is its country's number of it."""
    found: dict[str, list[Bank]] = defaultdict(list)
    for draft in (draft for draft in drafts if "bank" in draft.codes):
        bic = next((each.text or "" for each in draft.values if each.characteristic.code == "bic"), "")
        national = digits(random, 8)
        if bic or draft.land.country in ("DE", "RU"):
            own = national if draft.land.country == "DE" else bic[:4]
            found[draft.land.country].append((draft.counterparty, bic, own))
    return found


def _account(draft: Draft, bank: Bank, random: Random, **facts: object) -> BankAccount:
    country = draft.land.country
    held_at, bic, code = bank
    made = BankAccount(
        counterparty=draft.counterparty,
        number=_number(country, code, random),
        bank=held_at,
        bic=bic,
        currency=CURRENCIES.get(country, "EUR"),
        purpose=random.choice(PURPOSES),
    )
    for name, said in facts.items():
        setattr(made, name, said)
    return made


def _number(country: str, code: str, random: Random) -> str:
    if country == "RU":
        return RUSSIAN + digits(random, 12)
    behind = code + digits(random, BEHIND[country])
    return country + iban.calc_check_digits(f"{country}00{behind}") + behind


def _some_day(today: date, random: Random) -> date:
    return today - timedelta(days=random.randint(20, 700))
