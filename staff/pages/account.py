"""How the library behind the doors behaves in this office."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from staff.domain import people

#: The same words for a wrong name, a wrong password and a disabled user.
NOT_RIGHT = _("The name or the password is not right. Mind capital letters and the language of the keyboard.")


class Adapter(DefaultAccountAdapter):
    """The office makes its users itself, and its pages say what they need to say."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NOT_RIGHT,
        "email_password_mismatch": NOT_RIGHT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """The library's own messages stay out."""

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.OFFICE_NAME}: {subject}"

    def set_password(self, user: Any, password: str) -> None:
        """By the link of a letter: whoever holds it is taken for the person it went to."""
        people.set_password(user, password, by=user, kind="forgotten")
