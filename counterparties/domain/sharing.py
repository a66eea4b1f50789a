"""Papers that become the client's to read. Who has something to do then says so in the `sharing.py` of its app."""

from collections.abc import Sequence
from typing import Any

from counterparties.models import Document
from desk.registry import Registry

listeners = Registry("listener to what is shared")


class Listener:
    """Is told within the operation that shared them: what it writes is taken back together with that."""

    code = ""
    position = 0

    def shared(self, documents: Sequence[Document], *, by: Any) -> None:
        """These documents of one counterparty are shown to it from now on."""
        raise NotImplementedError


def tell(documents: Sequence[Document], *, by: Any) -> None:
    """Within an operation; documents that the client does not see are nobody's news."""
    if shown := [each for each in documents if each.is_shared and not each.is_deleted]:
        for listener in listeners:
            listener.shared(shown, by=by)
