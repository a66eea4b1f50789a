"""What a dossier says of the client's own way in."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.panels import SIDE, Panel, panels
from portal.domain import as_client, invitations, opening
from portal.pages import dossier_parts

__all__ = ["LogIn", "dossier_parts"]


@panels.register
class LogIn(Panel):
    """How the log-in of a client stands; to whoever views him as one. Who has *settings* invites and withdraws."""

    code, label, position, place = "log-in", _("Log-in of the client"), 15, SIDE
    template = "portal/panels/log_in.html"

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        record.log_in = opening.access_of(record) if record.client_details else None
        return record.log_in is not None

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        access = record.log_in
        has_settings = as_client.is_granted(request.decision, "settings", record)
        is_allowed = record.client_details.login_allowed and not record.is_archived
        return {
            "access": access,
            "is_disabled": opening.is_disabled(access),
            "is_allowed": is_allowed,
            "link_ends_at": invitations.until(access),
            "may_invite": has_settings and is_allowed and not opening.is_disabled(access),
            "may_withdraw": has_settings and record.client_details.login_allowed,
            "address": f"{record.get_absolute_url()}log-in/",
        }
