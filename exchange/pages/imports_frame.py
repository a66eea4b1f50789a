"""What every page of one import says beside its own matter."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from exchange.models import Import

from . import imports_words as words

LIST = "/imports/"


def crumbs(of: Import) -> list[tuple[str, str | None]]:
    return [(_("Imports"), LIST), (str(of), None)]


def frame(request: HttpRequest, of: Import) -> dict[str, Any]:
    return {
        "of": of,
        "is_own": of.user_id == request.user.pk,
        "how": words.how(of, request.decision),
        "crumbs": crumbs(of),
    }
