"""The sorts of acts an operation can be. A new sort is one line here; no migration."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Act:
    """One sort of act: its code in the database and the words people read.

    One with a box for its reason ``says_why``, in the words in which the settings ask about it.
    """

    code: str
    label: Any
    says_why: Any = ""


ACTS = [
    Act("card", _("card"), _("a change on the card of a counterparty")),
    Act("archive", _("archiving"), _("archiving a counterparty")),
    Act("restore", _("restoring"), _("restoring a counterparty")),
    Act("join", pgettext_lazy("operation", "joining"), _("joining two counterparties that are one")),
    Act("upload", _("bringing a sheet")),
    Act("import", _("import"), _("an import")),
    Act("export", pgettext_lazy("operation", "export")),
    Act("bulk", _("bulk edit"), _("a change of many counterparties at once")),
    Act("settings", _("settings")),
    Act("rights", _("rights"), _("a change of rights")),
    Act("look", _("looking as somebody else")),
    Act("profile", _("profile")),
    Act("forgotten", _("forgotten password")),
    Act("view", _("saved view")),
    Act("command", _("command")),
    Act("people", _("people and roles")),
    Act("admin", _("Django admin")),
    Act("portal", _("portal")),
    Act("erase", pgettext_lazy("operation", "erasing of personal data")),
    Act("undo", _("undo"), _("taking an operation back")),
    Act("system", pgettext_lazy("operation", "system")),
]

#: The words of each sort, by its code.
LABELS = {act.code: act.label for act in ACTS}


def act_choices() -> list[tuple[str, Any]]:
    return [(act.code, act.label) for act in ACTS]


def choices_that_say_why() -> list[tuple[str, Any]]:
    return [(act.code, act.says_why) for act in ACTS if act.says_why]
