"""Every right there is. To add a right, add a line, then ask the policy where it matters."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Right:
    """One column of the matrix: code, short word, full sentence, icon."""

    code: str
    label: Any
    sentence: Any
    icon: str


RIGHTS = [
    Right("view", _("View"), _("Users of the role may see counterparties of this type."), "eye"),
    Right("add", _("Add"), _("Users of the role may add counterparties of this type."), "plus"),
    Right("edit", _("Edit"), _("Users of the role may edit counterparties of this type."), "edit"),
    Right("archive", _("Archive"), _("Users of the role may archive counterparties of this type."), "archive"),
    Right("export", _("Export"), _("Users of the role may download all counterparties of this type as a sheet."), "download"),
    Right("settings", _("Settings"), _("Users of the role may edit the settings of a counterparty of this type."), "settings"),
    Right("balance", _("Balance"), _("Users of the role may see the full balance in the dossier of this type."), "scale"),
]
BY_CODE = {right.code: right for right in RIGHTS}


def right_choices() -> list[tuple[str, Any]]:
    return [(right.code, right.label) for right in RIGHTS]
