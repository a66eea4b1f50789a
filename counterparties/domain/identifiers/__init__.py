"""What the office calls somebody by outside its own books: numbers, phones, addresses on the net, accounts.

Every ``check_…`` takes what was typed and returns the form to keep, or raises a ValidationError whose sentence says
what is wrong and what would be right. Nothing typed (only blanks) is an empty text, never an error: whether a fact is
required is the form's question.
"""

from .accounts import bank_code, check_account_number, check_bic, check_iban, is_whole_iban, show_iban
from .electronic import check_electronic_address, check_scheme
from .net import check_email, check_website
from .phones import check_mobile, check_phone, digits, show_phone
from .registration import LIMIT, check_registration_number
from .vat import check_vat_number

__all__ = [
    "LIMIT",
    "bank_code",
    "check_account_number",
    "check_bic",
    "check_electronic_address",
    "check_email",
    "check_iban",
    "check_mobile",
    "check_phone",
    "check_registration_number",
    "check_scheme",
    "check_vat_number",
    "check_website",
    "digits",
    "is_whole_iban",
    "show_iban",
    "show_phone",
]
