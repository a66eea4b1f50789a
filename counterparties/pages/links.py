"""Addresses people may follow: mail, telephone, web. Anything else stays plain text."""

import re
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from counterparties.domain import identifiers

MAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+")
#: A host with an optional port and path, as people write it without http://.
BARE_SITE = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?")

ONE_PIECE = re.compile(r"\+[0-9]{8,15}")


def mail_link(address: str) -> SafeString | str:
    if not MAIL.fullmatch(address):
        return address
    return format_html('<a href="mailto:{}">{}</a>', quote(address, safe="@"), address)


def phone_link(number: str, said: str = "") -> SafeString | str:
    """Calls the number as it is kept; ``said`` is how people write it.

    A number written in one piece is parted for the eye.
    """
    if not said and ONE_PIECE.fullmatch(number):
        said = mobile_words(number)
    digits = "".join(sign for sign in number if sign in "0123456789")
    if len(digits) < 3:
        return said or number
    plus = "+" if number.lstrip().startswith("+") else ""
    return format_html('<a class="mono" href="tel:{}{}">{}</a>', plus, digits, said or number)


def mobile_words(mobile: str) -> str:
    """Kept in one form for machines, shown as our own country writes it."""
    return identifiers.show_phone(mobile, settings.OFFICE_COUNTRY)


def mobile_link(mobile: str) -> SafeString | str:
    return phone_link(mobile, mobile_words(mobile))


def site_link(site: str) -> SafeString | str:
    address = f"https://{site}" if BARE_SITE.fullmatch(site) else site
    if not is_web(address):
        return site
    words = re.sub(r"^https?://", "", site, flags=re.IGNORECASE).rstrip("/")
    return format_html('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>', address, words)


def is_web(address: str) -> bool:
    """http or https to a named host, without anything a browser would read differently."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = not re.search(r"[\s\\\x00-\x1f]", address)
    return plain and parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
