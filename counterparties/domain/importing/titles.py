"""What facts are called that are no characteristics."""

from django.utils.translation import override

from counterparties.domain import account_words, address_words, client_words
from desk import text
from desk.models import LANGUAGES

from .plan import fact_field
from .readers import FACTS


def words_of_facts() -> set[str]:
    """What facts that are no characteristics are called, in the three languages, as words are compared."""
    found: set[str] = set()
    for language in LANGUAGES:
        with override(language):
            found.update(text.key(title(name)) for name in (*FACTS, "types", *client_words.FACTS))
    return found


def title(name: str) -> str:
    """What lists and cards call a fact, in the language of the moment."""
    if name in client_words.FACTS:
        return client_words.title(name)
    if name in address_words.PLACES:
        return address_words.title(name)
    if name in account_words.PARTS:
        return account_words.title(name)
    return str(fact_field("type_set" if name == "types" else name).verbose_name)
