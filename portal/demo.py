"""A client of the demo office who logs in: one of whom his own pages have something to tell."""

from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Count
from django.utils import timezone

from counterparties.demo.past import Moment, backdate, happened, make, record_new
from counterparties.domain import keeping
from counterparties.models import Counterparty, Document, Note
from files.domain.intake import take
from portal.models import Access
from staff.domain.demo import password_of

#: The user name in the demo office, where everybody has one; elsewhere clients know their e-mail alone.
NAME = "client"


def let_a_client_in(*, by: Any) -> Access | None:
    """Allowed on the card like everybody, with the invitation accepted already."""
    client = _somebody()
    if client is None:
        return None
    moment = Moment(timezone.now(), by, "card", "Asked for a log-in")
    with happened(moment):
        keeping.keep(client, {}, None, {}, by=by, seen=client.version, client={"login_allowed": True})
        _share_with(client, moment)
        access = Access.objects.select_related("user").get(counterparty=client)
        access.user.username = NAME
        access.user.set_password(password_of(NAME))
        access.user.save()
        access.accepted_at = timezone.now()
        access.save()
    return access


def _share_with(client: Counterparty, moment: Moment) -> None:
    """A paper and a word of welcome."""
    paper = ContentFile(f"Price list\n\nFor {client.name}.".encode(), name=f"Price list {client.code}.txt")
    file = take(paper, counterparty=client)
    words = "Welcome! Whatever we want you to know stands here."
    shared = [
        Document(counterparty=client, file=file, title="Price list", uploaded_by=moment.by, is_shared=True),
        Note(counterparty=client, text=words, author=moment.by, audience="client"),
    ]
    make(shared)
    backdate(shared, moment.at)
    record_new(shared, moment)


def _somebody() -> Counterparty | None:
    """Whoever has the most contracts, projects and people to talk to."""
    held = Count("contracts", distinct=True) + Count("projects", distinct=True) + Count("contacts", distinct=True)
    found = Counterparty.objects.current().filter(client__isnull=False, is_person=False).exclude(email="")
    return (
        found.filter(contracts__isnull=False, projects__isnull=False).alias(held=held).order_by("-held", "pk").first()
    )
