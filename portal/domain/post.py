"""Handing a letter over to the mail server, and what came of it in words."""

import smtplib

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

#: From this number on the server means for ever.
FOR_EVER = 500


class NotSent(Exception):
    """It surely did not go; ``is_final``: trying again would say the same."""

    def __init__(self, words: str, *, is_final: bool = False) -> None:
        super().__init__(words)
        self.is_final = is_final


class Unclear(Exception):
    """The connection broke while the server was taking it: it may have gone."""


def hand_over(message: EmailMessage) -> None:
    """Done when the server took it. What is sure not to have gone may be tried again, what is unclear may not."""
    connection = get_connection()
    try:
        connection.open()
    except smtplib.SMTPResponseException as error:
        # Wrong words to log in with are mended by the office, and the letter goes then.
        raise NotSent(_("The mail server did not let the office in: %(answer)s") % _said(error)) from error
    except OSError as error:
        raise NotSent(_("The mail server could not be reached.")) from error
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        number, words = next(iter(error.recipients.values()))
        raise _refused(number, words) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from error
    except OSError as error:
        raise Unclear(
            _("The connection to the mail server broke while it took the letter: it may have arrived. Ask the client.")
        ) from error
    finally:
        connection.close()


def _refused(number: int, words: bytes | str) -> NotSent:
    answer = {"answer": _told(number, words)}
    return NotSent(_("The mail server did not take the letter: %(answer)s") % answer, is_final=number >= FOR_EVER)


def _said(error: smtplib.SMTPResponseException) -> dict[str, str]:
    return {"answer": _told(error.smtp_code, error.smtp_error)}


def _told(number: int, words: bytes | str) -> str:
    """The server's own words, as much as fits a line."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{number} {' '.join(text.split())}"[:300]
