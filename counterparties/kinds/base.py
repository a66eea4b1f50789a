"""What kind of counterparty a type describes, and what that kind can do."""

from typing import Any

from desk.registry import Registry

kinds = Registry("counterparty kind")


def kind_choices() -> list[tuple[str, Any]]:
    return kinds.choices()


class Kind:
    """Built-in behaviour a type has. The root type of a kind bears the kind's code.

    Sentences are whole and not put together, so that every language may order and bend them.
    """

    code = ""
    position = 0
    label: Any = ""  # one of them
    plural: Any = ""  # the menu and the title of its list
    new_words: Any = ""  # the button that adds one
    path = ""  # the address of its own list
    icon = "users"
    # Its list: the columns shown before somebody chooses, and the filters offered.
    list_columns: tuple[str, ...] = ("code", "name", "types", "status", "country", "email", "phone", "created")
    list_filters: tuple[str, ...] = ("q", "type", "status", "country", "city", "created", "archived")
    is_client = False
    holds_bank_accounts = False
    groups_clients = False
    receives_tax_documents = False
    is_own_company = False
