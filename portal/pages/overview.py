"""What the office keeps of a client that is his to see: by what he is called, found and written to.

How the office judges him (status, category, comment, characteristics, terms) is its own.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.domain.clients import client_of
from counterparties.models import Client
from counterparties.pages import facts
from counterparties.pages.facts import Fact, Facts
from counterparties.pages.links import mail_link, mobile_link, phone_link, site_link
from counterparties.panels import contact_rows
from desk.places import country_name
from portal.pages.gate import for_the_client
from portal.pages.room import page
from trail.pages.words import label

#: Facts of every counterparty, with how each is shown.
OWN: dict[str, Callable[[str], Any]] = {
    "name": str,
    "registration_number": str,
    "vat_number": str,
    "country": country_name,
    "email": mail_link,
    "phone": phone_link,
    "mobile": mobile_link,
    "website": site_link,
}
#: What is kept of him as a client, beside the name and beside the ways to reach him.
AS_CLIENT = (
    "company_name",
    "tax_name",
    "office_phone",
    "electronic_address_scheme",
    "electronic_address",
    "message_language",
)
#: Where each group of facts begins and ends.
CALLED = ("name", "company_name", "tax_name", "registration_number", "vat_number", "country")
REACHED = ("email", "phone", "mobile", "office_phone", "website", "message_language")
INVOICED = ("electronic_address_scheme", "electronic_address")


@for_the_client
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The first page behind his log-in."""
    counterparty = request.access.counterparty
    told = told_of(counterparty, client_of(counterparty))
    groups = [
        Facts(str(heading), "", [told[name] for name in names])
        for heading, names in (
            (_("Name and numbers"), CALLED),
            (_("How to reach you"), REACHED),
            (_("E-invoice"), INVOICED),
        )
    ]
    addresses = [
        Fact(facts.address_title(each), facts.address_words(each), "words")
        for each in counterparty.addresses.order_by("kind", "pk")
    ]
    return page(
        request,
        "portal/overview.html",
        "portal",
        groups=[each for each in groups if each.said],
        addresses=Facts(_("Addresses"), "", addresses),
        contacts=contact_rows(counterparty),
    )


def told_of(counterparty: Any, client: Client) -> dict[str, Fact]:
    """Each fact that is his to see, by its name; what is not said is empty."""
    own = {
        name: Fact(
            label(counterparty._meta.get_field(name)), shown(said) if (said := getattr(counterparty, name)) else ""
        )
        for name, shown in OWN.items()
    }
    words = facts.client_words(client)
    return own | {name: Fact(facts.client_label(name), words[name]) for name in AS_CLIENT}
