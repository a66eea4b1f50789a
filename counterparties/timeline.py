"""How history speaks of a counterparty and of all that hangs on it."""

from counterparties.pages import erased_words, held_words, joining_words, operations_of, own_words, touched

__all__ = ["erased_words", "held_words", "joining_words", "operations_of", "own_words", "touched"]
