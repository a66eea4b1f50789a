"""Addresses on the net: e-mail and website."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from desk import text
from desk.said import gettext as _

EMAIL_LIMIT = 254
WEBSITE_LIMIT = 500
#: A host as people type it without the scheme: it has a dot, and a port if anything follows a colon.
BARE_HOST = re.compile(r"[^\s/?#:@\\]+\.[^\s/?#:@\\]+(:[0-9]{1,5})?([/?#]|$)")
#: Line breaks and other control characters: inside an address they are an attempt to smuggle in something else.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: Signs that would end a link's address in a careless page.
QUOTED = str.maketrans({"<": "%3C", ">": "%3E", '"': "%22", "'": "%27", "`": "%60"})

_email = EmailValidator()
_website = URLValidator(schemes=["http", "https"])


def check_email(typed: str) -> str:
    """An e-mail address; the part before the @ is its owner's and stays as written."""
    address = typed.strip()
    if not address:
        return ""
    if CONTROL.search(address) or len(address.split()) > 1:
        raise ValidationError(
            _("An e-mail address has no spaces or line breaks. Write one address, for example office@example.com."),
            code="invalid",
        )
    address = text.clean(address)
    if len(address) > EMAIL_LIMIT:
        raise ValidationError(
            _("This e-mail address has %(count)d characters; the longest possible has %(limit)d."),
            code="max_length",
            params={"count": len(address), "limit": EMAIL_LIMIT},
        )
    owner, _at, domain = address.rpartition("@")
    try:
        _email(address)
    except ValidationError:
        raise _email_refused(owner, domain) from None
    return f"{owner}@{domain.lower()}"


def check_website(typed: str) -> str:
    """The address of a website, safe to follow: http or https and nothing else."""
    address = typed.strip()
    if not address:
        return ""
    if CONTROL.search(address) or len(address.split()) > 1 or "\\" in address:
        raise ValidationError(
            _("A website address has no spaces, line breaks or backslashes, for example https://www.example.com."),
            code="invalid",
        )
    address = text.clean(address)
    if len(address) > WEBSITE_LIMIT:
        raise ValidationError(
            _("This website address has %(count)d characters; write one of at most %(limit)d."),
            code="max_length",
            params={"count": len(address), "limit": WEBSITE_LIMIT},
        )
    if not re.match(r"https?://", address, re.IGNORECASE):
        if not BARE_HOST.match(address):
            raise ValidationError(
                _("A website address begins with https:// or http://, for example https://www.example.com."),
                code="scheme",
            )
        address = "https://" + address
    try:
        _website(address)
        parts = urlsplit(address)
        # A name before the host (https://bank.example@evil.example) only ever serves to mislead; asking for the
        # port is what makes the library look at it.
        is_misleading = "@" in parts.netloc or parts.port == 0
    except (ValidationError, ValueError):
        raise _website_refused(address) from None
    if is_misleading:
        raise _website_refused(address)
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl().translate(QUOTED)


def _email_refused(owner: str, domain: str) -> ValidationError:
    if not owner or not domain:
        return ValidationError(
            _("An e-mail address has a name, an @ and a domain, for example office@example.com."), code="invalid"
        )
    if not owner.isascii():
        return ValidationError(
            _(
                "“%(owner)s”, before the @, must be in Latin letters; only the domain may be in others, for "
                "example office@пример.бг."
            ),
            code="invalid",
            params={"owner": owner},
        )
    return ValidationError(
        _("%(address)s is not a possible e-mail address. A right one looks like office@example.com."),
        code="invalid",
        params={"address": f"{owner}@{domain}"},
    )


def _website_refused(address: str) -> ValidationError:
    return ValidationError(
        _("%(address)s is not a possible website address. A right one looks like https://www.example.com."),
        code="invalid",
        params={"address": address},
    )
