"""Every route of the office, and what it is: a route that nobody described here fails the tests that walk them all."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import get_resolver
from django.urls.resolvers import RegexPattern

from counterparties.kinds import kinds

#: PAGE is read; ASKS is read too, and acts when it is sent; SHEET and FILE are taken along; SENT takes a form and shows
#: nothing; ONWARD only leads elsewhere; DATA is for our own scripts. DOOR stands open to strangers.
PAGE, ASKS, SHEET, FILE, SENT, ONWARD, DOOR, DATA = "page", "asks", "sheet", "file", "sent", "onward", "door", "data"

#: The things of the settings pages, and what may be done to each of them.
SETTINGS = ("type", "status", "characteristic", "nomenclature", "element")
ACTS = {
    "new": ASKS, "edit": ASKS, "delete": ASKS, "history": PAGE,
    "stop": SENT, "start": SENT, "up": SENT, "down": SENT, "move": SENT,
}  # fmt: skip

#: What a dossier holds, and what may be done to each of them.
BELONGINGS = tuple(
    f"{thing}-{act}"
    for thing in ("contact", "address", "project", "contract", "bank-account")
    for act in ("new", "edit", "delete")
)
#: Besides, an account is closed, and opened again.
ACCOUNTS = ("bank-account-close", "bank-account-open")
PAPERS = tuple(f"document-{act}" for act in ("new", "edit", "delete", "restore"))
NOTES = tuple(f"note-{act}" for act in ("new", "edit", "delete"))
#: What only some dossiers hold: companies in a holding. The counterparties that are walked are no holdings.
OF_HOLDINGS = tuple(f"member-{act}" for act in ("new", "edit", "delete", "end"))

#: What a client reads behind his log-in; to colleagues there is nothing.
OF_CLIENTS = ("portal", "portal-documents", "portal-agreements", "portal-notes")

#: Lists of what hangs on counterparties, each with its sheets.
AGREEMENTS = ("projects", "contracts")

ROUTES = {
    "home": PAGE,
    "settings": ONWARD,
    "favicon.ico": DOOR,
    "account_login": DOOR,
    "account_logout": DOOR,
    "account_reset_password": DOOR,
    "account_reset_password_done": DOOR,
    "account_reset_password_from_key": DOOR,
    "account_reset_password_from_key_done": DOOR,
    "language": SENT,
    "profile": ASKS,
    "account_change_password": ASKS,
    "file": FILE,
    "register": PAGE,
    "views": PAGE,
    "view": ONWARD,
    **dict.fromkeys(("view-new", "view-edit", "view-delete"), ASKS),
    **dict.fromkeys(("view-columns", "view-update", "view-up", "view-down"), SENT),
    "register-xlsx": SHEET,
    "register-csv": SHEET,
    "analysis": PAGE,
    **dict.fromkeys(("analysis-xlsx", "analysis-csv"), SHEET),
    **dict.fromkeys(("history-xlsx", "history-csv", "operations-xlsx", "operations-csv"), SHEET),
    **dict.fromkeys(("find", "suggest", "alike"), DATA),
    "client-quick": ASKS,
    "card-new": ASKS,
    "counterparty": PAGE,
    "counterparty-history": PAGE,
    "counterparty-as-of": PAGE,
    **dict.fromkeys(("operations", "operation"), PAGE),
    "reasons": ASKS,
    "operation-undo": ASKS,
    "card-edit": ASKS,
    "counterparty-archive": ASKS,
    "counterparty-restore": ASKS,
    "counterparty-join": ASKS,
    "counterparty-join-two": ONWARD,
    "bulk": ASKS,
    **dict.fromkeys(("exports", "export"), PAGE),
    "export-new": ASKS,
    **dict.fromkeys(("jobs", "job"), PAGE),
    "job-progress": DATA,
    **dict.fromkeys(("job-cancel", "job-retry"), SENT),
    **dict.fromkeys(("import-template", "import-refused"), SHEET),
    **dict.fromkeys(("imports", "import"), ASKS),
    **dict.fromkeys(("import-run", "import-go-on", "import-cancel"), SENT),
    **dict.fromkeys(AGREEMENTS, PAGE),
    **{f"{thing}-{ending}": SHEET for thing in AGREEMENTS for ending in ("xlsx", "csv")},
    **dict.fromkeys((*BELONGINGS, *ACCOUNTS, *PAPERS, *NOTES, *OF_HOLDINGS), ASKS),
    **{f"{kind.code}-list": PAGE for kind in kinds},
    **{f"{kind.code}-xlsx": SHEET for kind in kinds},
    **{f"{kind.code}-csv": SHEET for kind in kinds},
    **dict.fromkeys(("types", "statuses", "characteristics", "nomenclatures", "elements"), PAGE),
    **dict.fromkeys(("elements-paste", "elements-import"), ASKS),
    **dict.fromkeys(("elements-xlsx", "elements-csv"), SHEET),
    **{f"{thing}-{act}": sort for thing in SETTINGS for act, sort in ACTS.items()},
    "element-stop": ASKS,
    **dict.fromkeys(("rights", "type-rights", "type-rights-copy", "look"), ASKS),
    "look-stop": SENT,
    **dict.fromkeys(("people", "roles"), PAGE),
    **dict.fromkeys(("person-new", "person-edit", "role-new", "role-edit", "role-delete"), ASKS),
    **dict.fromkeys(OF_CLIENTS, PAGE),
    "portal-password": ASKS,
    "portal-welcome": DOOR,
    "log-in-invite": SENT,
    "log-in-withdraw": ASKS,
    "portal-propose": ASKS,
    "proposals": PAGE,
    "proposal": ASKS,
    "letter-again": SENT,
    # Our own doors before Django's pages of administration, and those pages themselves.
    "admin/login/": DOOR,
    "admin/password_change/": ONWARD,
    "admin": PAGE,
}
#: Doors and forms that strangers may use.
OPEN = {name for name, sort in ROUTES.items() if sort == DOOR} | {"language"}


class Its(NamedTuple):
    """The right is asked of the counterparty whose number stands in the address."""

    right: str
    #: Besides, the thing must be the user's own, or they a superuser.
    is_authors: bool = False


#: Whom a route lets in: every colleague, who manages the settings, superusers alone; else the right it asks, of the
#: counterparty in its address or of any type at all. What is its owner's alone is not there for anybody else; what
#: asks for a holding is not there of anything else.
ANYBODY, MANAGER, SUPERUSER, OWNER, HOLDING = "anybody", "manager", "superuser", "owner", "holding"
#: For a client who logs in, and nobody of the office.
GUEST = "guest"
#: An operation is there for whoever may see something that it changed.
KNOWN = "known"
#: Who may add counterparties of some type, or edit them; and of the type that the walk puts into the address.
WRITER, WRITER_OF_CLIENTS = "writer", "writer of clients"
ASKED = {
    **dict.fromkeys((*OPEN, "home", "profile", "account_change_password", "look-stop"), ANYBODY),
    **dict.fromkeys(AGREEMENTS, ANYBODY),
    "operations": ANYBODY,
    "reasons": MANAGER,
    **dict.fromkeys(("operation", "operation-undo"), KNOWN),
    **{f"{thing}-{ending}": "export" for thing in AGREEMENTS for ending in ("xlsx", "csv")},
    **dict.fromkeys(
        (
            "register",
            "analysis",
            "find",
            "suggest",
            "alike",
            "counterparty-join-two",
            *(f"{kind.code}-list" for kind in kinds),
        ),
        ANYBODY,
    ),
    **{
        f"{thing}-{ending}": "export"
        for thing in ("register", "analysis", *[kind.code for kind in kinds])
        for ending in ("xlsx", "csv")
    },
    **dict.fromkeys(("views", "view-new", "view-columns"), ANYBODY),
    **dict.fromkeys(("view", "view-edit", "view-delete", "view-update", "view-up", "view-down"), OWNER),
    **dict.fromkeys(("card-new", "client-quick"), "add"),
    "bulk": "edit",
    **dict.fromkeys(("exports", "jobs"), ANYBODY),
    **dict.fromkeys(("job", "job-progress", "job-cancel", "job-retry"), OWNER),
    "export": OWNER,
    **dict.fromkeys(("export-new", "operations-xlsx", "operations-csv"), "export"),
    "import-template": WRITER_OF_CLIENTS,
    "imports": WRITER,
    **dict.fromkeys(("import", "import-run", "import-go-on", "import-cancel", "import-refused"), OWNER),
    **dict.fromkeys(("counterparty", "counterparty-history", "counterparty-as-of", "file"), Its("view")),
    **dict.fromkeys(("history-xlsx", "history-csv"), Its("export")),
    **dict.fromkeys(("card-edit", "counterparty-join", *BELONGINGS, *PAPERS, "note-new"), Its("edit")),
    **dict.fromkeys(("note-edit", "note-delete"), Its("edit", is_authors=True)),
    **dict.fromkeys(ACCOUNTS, Its("edit")),
    **dict.fromkeys(OF_HOLDINGS, HOLDING),
    **dict.fromkeys(("counterparty-archive", "counterparty-restore"), Its("archive")),
    "settings": MANAGER,
    **dict.fromkeys(("types", "statuses", "characteristics", "nomenclatures", "elements"), MANAGER),
    **dict.fromkeys(("elements-paste", "elements-import", "elements-xlsx", "elements-csv"), MANAGER),
    **{f"{thing}-{act}": MANAGER for thing in SETTINGS for act in ACTS},
    **dict.fromkeys(("rights", "type-rights", "type-rights-copy"), MANAGER),
    "look": SUPERUSER,
    **dict.fromkeys(("people", "person-new", "person-edit"), SUPERUSER),
    **dict.fromkeys(("roles", "role-new", "role-edit", "role-delete"), SUPERUSER),
    **dict.fromkeys((*OF_CLIENTS, "portal-password"), GUEST),
    # None of those that are walked has a log-in.
    **dict.fromkeys(("log-in-invite", "log-in-withdraw"), HOLDING),
    "portal-propose": GUEST,
    "proposals": ANYBODY,
    # Nor has any of them proposed anything, or been written a letter.
    **dict.fromkeys(("proposal", "letter-again"), HOLDING),
    "admin/password_change/": ANYBODY,
    # The walk knows which of these pages are for managers of the settings.
    "admin": SUPERUSER,
}

#: What stands in a route for a place → what the walk puts there.
PLACES = {
    "app_label": "counterparties",
    "url": "nowhere",
    "content_type_id": "1",
    "uidb36": "1",
    "key": "no-key",
    "element": "retail",
    "person": "admin",
}
#: The codes of settings are those every office starts with.
CODES = {
    "types": "client", "statuses": "active", "nomenclatures": "client-category", "characteristics": "motto",
    "template": "client",
}  # fmt: skip


def every_route(pk: int = 1) -> Iterator[tuple[str, str]]:
    """Name and address of every route, its places filled in; those of the administration are all called *admin*."""
    yield from _routes(get_resolver(), "", "", pk)


def _routes(resolver, before, namespace, pk):
    for pattern in resolver.url_patterns:
        address = before + _filled(pattern.pattern, pk)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, address, namespace or pattern.namespace, pk)
        else:
            yield namespace or pattern.name or address, f"/{address}"


def _filled(pattern, pk):
    def place(found):
        if found[1] == "code":
            return CODES.get(str(pattern).split("/")[1], "active")
        return PLACES.get(found[1], str(pk))

    if isinstance(pattern, RegexPattern):
        # Named groups hold no brackets of their own here.
        return re.sub(r"\(\?P<(\w+)>[^)]*\)", place, pattern._regex).strip("^$")
    return re.sub(r"<(?:\w+:)?(\w+)>", place, str(pattern))


def addresses(*sorts: str, pk: int = 1) -> list[str]:
    """The addresses of all routes of these sorts; what nobody described is walked like a page."""
    return [address for name, address in every_route(pk) if ROUTES.get(name, PAGE) in sorts]
