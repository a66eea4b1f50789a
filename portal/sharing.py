"""A client is written to when papers become his to read: one letter for all that were shared at once."""

from collections.abc import Sequence
from typing import Any

from counterparties.domain.sharing import Listener, listeners
from counterparties.models import Document
from portal.domain import letters
from portal.models.letter import DOCUMENT


@listeners.register
class Letters(Listener):
    code = "letters"

    def shared(self, documents: Sequence[Document], *, by: Any) -> None:
        ids = [each.pk for each in documents]
        letters.write(DOCUMENT, documents[0].counterparty, by=by, documents=ids)
