"""Letters to clients: written within the act they tell of, sent by a job, never twice.

A letter is *waiting*, then for the moment in which the mail server takes it *being handed over*, then *sent*. That
moment is marked before it begins. A letter found in it later was left there by a process that died: nobody knows
whether it went, so the office does not send it again by itself and says so on the dossier.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from counterparties.domain.clients import client_of
from counterparties.models import Client, Counterparty
from desk.said import gettext as _
from desk.said import label
from exchange.domain import jobs
from exchange.models.job import OVER
from portal.domain.letter_sorts import sorts
from portal.models import Access, Letter
from portal.models.letter import CANCELLED, FAILED, HANDING, INVITATION, SENT, WAITING, states

JOB = "letter"
UNKNOWN = gettext_lazy(
    "The office was stopped just while it handed this letter over. Nobody knows whether it went: ask the client, or"
    " send it again."
)
POINTLESS = gettext_lazy("What it tells of is not so any more, or the client wants no such letters.")


def write(sort: str, counterparty: Counterparty, *, by: Any, **facts: Any) -> Letter | None:
    """A letter to this client, to be sent soon; None when he wants none or has no e-mail.

    Within the operation it tells of, and gone when that is rolled back. ``facts``: what the sort needs, as JSON holds
    it; never a secret, for those are made when the letter is sent.
    """
    if not _is_wanted(sort, counterparty, client_of(counterparty)):
        return None
    with transaction.atomic():
        letter = Letter.objects.create(
            counterparty=counterparty, sort=sorts.get(sort).code, to=counterparty.email, by=by, facts=facts
        )
        _queue(letter, by)
    return letter


@dataclass(frozen=True)
class Standing:
    """How a letter stands, and why. One that waits for a job that will not come was not sent."""

    state: str
    word: str
    problem: str


def standing(letter: Letter) -> Standing:
    """``letter`` comes with its job."""
    job = letter.job
    is_left = letter.state == WAITING and (job is None or job.is_over)
    state = FAILED if is_left else letter.state
    problem = letter.problem or (job.what_failed if is_left and job else "")
    return Standing(state, str(dict(states())[state]), problem)


def send_again(letter: Letter, *, by: Any) -> bool:
    """One that was not sent, once more. False: somebody else did it already."""
    left = Q(state=WAITING) & (Q(job=None) | Q(job__state__in=OVER))
    with transaction.atomic():
        if not Letter.objects.filter(Q(state=FAILED) | left, pk=letter.pk).update(state=WAITING, job=None):
            return False
        _queue(letter, by)
    return True


def _queue(letter: Letter, by: Any) -> None:
    words = {"letter": label(letter.get_sort_display), "name": letter.counterparty.name}
    letter.job = jobs.enqueue(JOB, by=by, about=_("Letter to %(name)s: %(letter)s") % words, said={"letter": letter.pk})
    letter.save(update_fields=["job"])


def cancel(sort: str, counterparty: Counterparty) -> None:
    """What of this sort was not sent yet never will be."""
    Letter.objects.filter(counterparty=counterparty, sort=sort, state=WAITING).update(state=CANCELLED)


def cancel_invitations(counterparty: Counterparty) -> None:
    """His log-in is withdrawn: no letter that waits shall lead him in."""
    cancel(INVITATION, counterparty)


def _is_wanted(sort: str, counterparty: Counterparty, client: Client) -> bool:
    return bool(
        counterparty.email
        and not counterparty.is_archived
        and (client.email_notifications or sorts.get(sort).is_always)
    )


def language_of(client: Client) -> str:
    """In which of the office's languages a client is written to."""
    ours = {code for code, _name in settings.LANGUAGES}
    return next((code for code in (client.message_language, client.language) if code in ours), settings.LANGUAGE_CODE)


# ---- while it is sent


class Unknown(Exception):
    """A process died while it handed the letter over."""


def to_be_sent(pk: int) -> tuple[Letter, dict[str, Any]] | None:
    """The letter with what it tells, as things stand now; None when it is over, sent or pointless."""
    letter = Letter.objects.select_related("counterparty").get(pk=pk)
    if letter.state == HANDING:
        Letter.objects.filter(pk=pk, state=HANDING).update(state=FAILED, problem=str(UNKNOWN))
        raise Unknown(str(UNKNOWN))
    # One that failed comes here again only because somebody asked for it.
    if letter.state not in (WAITING, FAILED):
        return None
    client = client_of(letter.counterparty)
    facts = sorts.get(letter.sort).facts(letter) if _is_wanted(letter.sort, letter.counterparty, client) else None
    if facts is None:
        Letter.objects.filter(pk=pk, state=letter.state).update(state=CANCELLED, problem=str(POINTLESS))
        return None
    return letter, {
        "language": language_of(client),
        "client": letter.counterparty,
        "has_log_in": Access.objects.filter(counterparty=letter.counterparty_id, withdrawn_at=None).exists(),
        **facts,
    }


def take(letter: Letter, subject: str) -> bool:
    """Mark it before the mail server gets it. False: another process was faster, or it was cancelled."""
    letter.to, letter.subject = letter.counterparty.email, subject[:500]
    mine = Letter.objects.filter(pk=letter.pk, state__in=(WAITING, FAILED))
    taken = mine.update(state=HANDING, tries=F("tries") + 1, to=letter.to, subject=letter.subject, problem="")
    return bool(taken)


def sent(letter: Letter) -> None:
    """The mail server took it; whatever was thought of it meanwhile."""
    Letter.objects.filter(pk=letter.pk).update(state=SENT, sent_at=timezone.now(), problem="")


def not_sent(letter: Letter, problem: str, *, is_over: bool) -> None:
    """This time it did not go, and why; there is another try unless it is over."""
    state = FAILED if is_over else WAITING
    Letter.objects.filter(pk=letter.pk, state=HANDING).update(state=state, problem=problem)
