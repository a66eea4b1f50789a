"""The mail that tells its owner that a job is over: a sentence, and the way to its page, which asks to log in."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from desk.said import gettext as _
from exchange.domain import jobs
from exchange.domain.jobs import mailing
from exchange.models import Job


def send(work: Any) -> None:
    """One mail, in the language of its reader. What became pointless meanwhile is not sent."""
    about = Job.objects.filter(pk=work.said["job"]).first()
    if about is None or not about.is_over or not mailing.may_be_told(work.by):
        return
    work.finish(address=about.get_absolute_url())
    try:
        message(about, work.by).send()
    except smtplib.SMTPResponseException as error:
        raise jobs.Failed(_("The mail server did not take the mail.")) from error
    except OSError as error:
        raise jobs.Failed(_("The mail server could not be reached.")) from error


def message(about: Job, reader: Any) -> EmailMessage:
    """Names and numbers stay in the office: mails are read on screens that are not its own."""
    told = mailing.words(about, about.state)
    why = _("You get this mail because your profile in %(office)s asks for it.") % {"office": settings.OFFICE_NAME}
    link = settings.OFFICE_URL + about.get_absolute_url()
    return EmailMessage(
        told,
        f"{told}\n\n{link}\n\n{why}\n",
        to=[reader.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
