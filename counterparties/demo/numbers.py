"""Company and VAT numbers that are right by their check digits; where possible nobody has been given them."""

from random import Random

from stdnum.bg import vat as bg_vat
from stdnum.gb import vat as gb_vat
from stdnum.iso7064 import mod_11_10
from stdnum.ro import cui
from stdnum.ru import inn


def digits(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789", k=count))


def eik(random: Random) -> str:
    """A Bulgarian company number; the register has not come to those beginning with 21 to 29 yet."""
    body = f"2{random.randint(1, 9)}{digits(random, 6)}"
    return body + bg_vat.calc_check_digit_legal(body)


def company_inn(random: Random) -> str:
    """A Russian tax number of an organisation; no region has a tax office 98."""
    body = f"{random.choice(['77', '78', '50', '66', '16', '54', '23', '61'])}98{digits(random, 5)}"
    return body + inn.calc_company_check_digit(body)


def romanian_cui(random: Random) -> str:
    """A Romanian company number; the register gives out eight digits beginning with 4 and 5 now."""
    body = f"9{digits(random, 7)}"
    return body + cui.calc_check_digit(body)


def german_vat(random: Random) -> str:
    body = f"{random.randint(1, 9)}{digits(random, 7)}"
    return "DE" + body + mod_11_10.calc_check_digit(body)


def german_register(random: Random) -> str:
    return f"HRB {random.randint(100_000, 999_999)}"


def british_vat(random: Random) -> str:
    body = f"{random.randint(1, 9)}{digits(random, 6)}"
    return "GB" + next(body + check for n in range(97) if gb_vat.checksum(body + (check := f"{n:02d}")) == 0)


def british_register(random: Random) -> str:
    """An English company number; the register has not come to those beginning with 9 yet."""
    return f"9{digits(random, 7)}"
