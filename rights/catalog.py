"""Every right there is. To add a right, add a line, then ask the policy where it matters."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Right:
    """One column of the matrix: code, short word, full sentence, icon."""

    code: str
    label: Any
    sentence: Any
    icon: str


RIGHTS = [
    Right("view", pgettext_lazy("right", "View"), _("Users of the role may see counterparties of this type."), "eye"),
    Right("add", pgettext_lazy("right", "Add"), _("Users of the role may add counterparties of this type."), "plus"),
    Right("edit", pgettext_lazy("right", "Edit"), _("Users of the role may edit counterparties of this type."), "edit"),
    Right(
        "archive",
        pgettext_lazy("right", "Archive"),
        _("Users of the role may archive counterparties of this type."),
        "archive",
    ),
    Right(
        "export",
        pgettext_lazy("right", "Export"),
        _("Users of the role may download all counterparties of this type as a sheet."),
        "download",
    ),
    Right(
        "settings",
        pgettext_lazy("right", "Settings"),
        _("Users of the role may edit the settings of a counterparty of this type."),
        "settings",
    ),
    Right(
        "balance",
        pgettext_lazy("right", "Balance"),
        _("Users of the role may see the full balance in the dossier of this type."),
        "scale",
    ),
]
BY_CODE = {right.code: right for right in RIGHTS}
#: Rights that every type of a counterparty must grant.
ASKED_OF_EACH_TYPE = {"add", "archive"}


def right_choices() -> list[tuple[str, Any]]:
    return [(right.code, right.label) for right in RIGHTS]
