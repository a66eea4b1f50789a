"""The sorts of acts an operation can be. A new sort is one line here; no migration."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Act:
    """One sort of act: its code in the database and the words people read."""

    code: str
    label: Any


ACTS = [
    Act("card", _("card")),
    Act("archive", _("archiving")),
    Act("restore", _("restoring")),
    Act("upload", _("bringing a sheet")),
    Act("import", _("import")),
    Act("export", pgettext_lazy("operation", "export")),
    Act("bulk", _("bulk edit")),
    Act("settings", _("settings")),
    Act("rights", _("rights")),
    Act("look", _("looking as somebody else")),
    Act("profile", _("profile")),
    Act("view", _("saved view")),
    Act("command", _("command")),
    Act("admin", _("Django admin")),
    Act("portal", _("portal")),
    Act("undo", _("undo")),
    Act("system", pgettext_lazy("operation", "system")),
]


def act_choices() -> list[tuple[str, Any]]:
    return [(act.code, act.label) for act in ACTS]
