"""Which files a client reads: the documents that were shared with him, as long as they are."""

from typing import Any

from counterparties.models import Document
from files.domain.reading import Place, guest_places
from files.models import StoredFile
from portal.domain.entering import way_in


@guest_places.register
class SharedDocuments(Place):
    """Not deleted, shown to the client, and of himself."""

    code, position = "shared-documents", 10

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        access = way_in(decision.user)
        if access is None:
            return False
        shared = Document.objects.current().filter(counterparty=access.counterparty_id, is_shared=True)
        return shared.filter(file=stored.pk).exists()
