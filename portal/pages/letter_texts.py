"""What letters say: a subject, plain words and the same as a simple page, in the client's language."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from portal.models import Letter
from portal.pages.proposed_facts import label

UNDER = "portal/letters"


def subject_of(letter: Letter, told: dict[str, Any]) -> str:
    """One line, whatever the names in it hold."""
    return " ".join(_written(f"{letter.sort}_subject.txt", told).split())


def message_of(letter: Letter, told: dict[str, Any]) -> EmailMultiAlternatives:
    """The whole letter. Its number in the head is the same at every try, so that a copy can be known for one."""
    _office, _at, host = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")
    message = EmailMultiAlternatives(
        letter.subject,
        _written(f"{letter.sort}.txt", told).strip() + "\n",
        to=[letter.to],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<letter-{letter.pk}-{letter.created_at.timestamp():.0f}@{host}>",
            "Content-Language": told["language"],
        },
    )
    message.attach_alternative(_written(f"{letter.sort}.html", told), "text/html")
    return message


def _written(template: str, told: dict[str, Any]) -> str:
    with translation.override(told["language"]):
        return render_to_string(f"{UNDER}/{template}", told | _about(told))


def _about(told: dict[str, Any]) -> dict[str, Any]:
    """What every letter may name; addresses whole, for nobody reads them on our pages."""
    answered = [name for name in ("accepted", "refused") if name in told]
    named: dict[str, Any] = {name: [label(fact) for fact in told[name]] for name in answered}
    link = {"link": settings.OFFICE_URL + told["link"]} if "link" in told else {}
    office = {"office_name": settings.OFFICE_NAME, "portal_url": f"{settings.OFFICE_URL}/portal/"}
    return {**office, **named, **link}
