"""One gate: no page reads counterparties, or what hangs on them, past the decisions about its reader."""

import ast

from tests.test_architecture import APPS, PAGES, ROOT, ROUTES, place_of

#: Models whose rows are not for everybody.
GUARDED = {
    "Address", "BankAccount", "Client", "Contact", "Contract", "Counterparty", "Document", "Membership", "Note",
    "Project", "StoredFile", "Value",
}  # fmt: skip
#: The ways past the gate.
WAYS = {"objects", "history", "_default_manager", "_base_manager"}
#: page: model → why it may be asked there.
ALLOWED = {
    "counterparties/management/commands/erase_person.py": {"Counterparty": "the implementer names the one by its code"},
    "counterparties/pages/asked.py": {"Value": "answers; the filter takes only those where the reader sees them"},
    "counterparties/pages/address_columns.py": {"Address": "of rows that the list shows; shared facts"},
    "counterparties/pages/card_unshared.py": {
        "Counterparty": "whoever says the same is named to those who may view them"
    },
    "counterparties/pages/client_columns.py": {
        "Client": "of rows that the list shows, and of those the reader may view as clients",
    },
    "counterparties/pages/client_filters.py": {
        "Client": "narrows a list that the decisions have narrowed before",
        "Project": "offered of visible counterparties only, and then taken by number",
        "Contract": "narrows a list that the decisions have narrowed before",
    },
    "counterparties/pages/columns.py": {"Value": "answers; the column takes only those where the reader sees them"},
    "counterparties/pages/filters.py": {"Counterparty": "how many came in a span of days tells the way, and nobody"},
    "counterparties/pages/head.py": {"Counterparty": "the history of the one that was found through the decisions"},
    "counterparties/pages/history.py": {"Counterparty": "the history of the one that was found through the decisions"},
    "counterparties/panels.py": {"Client": "of a counterparty the reader may view as a client"},
    "exchange/pages/chosen.py": {"Counterparty": "names of those that were found through the decisions"},
    "exchange/pages/imports_columns.py": {"StoredFile": "names of the sheets of the imports that are listed"},
    "files/pages/files.py": {"StoredFile": "asked for its place before it is shown"},
    "portal/pages/agreements.py": {
        "Contract": "of the client himself, behind his own log-in",
        "Project": "of the client himself, behind his own log-in",
    },
    "portal/pages/documents.py": {"Document": "of the client himself, as far as they are shown to him"},
    "portal/pages/notes.py": {"Note": "of the client himself, as far as they are meant for him"},
    "rights/management/commands/start_office.py": {"Counterparty": "the implementer is told how many were made"},
}


def pages():
    """Every module of the layers that speak with a browser."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if "migrations" in path.parts or app == "crm":
                continue
            place = place_of(module)
            if place and place[0] in (PAGES, ROUTES):
                yield path


def asked_past_the_gate(source):
    """The guarded models that a module asks by itself."""
    return {
        each.value.id
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.Attribute)
        and each.attr in WAYS
        and isinstance(each.value, ast.Name)
        and each.value.id in GUARDED
    }


def test_every_page_asks_the_decisions_about_its_reader():
    found = {}
    for path in pages():
        for model in asked_past_the_gate(path.read_text()):
            found.setdefault(str(path.relative_to(ROOT)), set()).add(model)

    assert found == {page: set(models) for page, models in ALLOWED.items()}


def test_a_way_past_the_gate_would_be_noticed():
    page = "def page(request):\n    return Counterparty.objects.filter(pk=1), Note.history.all(), Status.objects.all()"

    assert asked_past_the_gate(page) == {"Counterparty", "Note"}
    assert {path.name for path in pages()} >= {"home.py", "panels.py", "register.py", "bulk.py", "files.py"}
