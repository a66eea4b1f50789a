"""What a card brought that could not be saved yet: kept aside, so that nobody has to look for the file again.

A draft has no row and no address. Whoever brought it holds a signed word for it, in a hidden field of the card; the
word is good for a day and for nobody else, and what is never saved is swept by `orphaned_files`.
"""

import secrets
import time
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.files.storage import default_storage
from django.db import transaction

from files.domain import intake
from files.domain.intake import Found
from files.models import StoredFile

FOLDER = "drafts"
SALT = "files.draft"
GOOD_FOR = timedelta(hours=24)


class Draft:
    """A file on its way into a card; it becomes a stored file when the card is saved."""

    def __init__(self, name: str, content_type: str, size: int, sha256: str, *, user: int | None) -> None:
        self.name, self.content_type, self.size, self.sha256 = name, content_type, size, sha256
        self._user = user
        self._found: Found | None = None
        self._shelf = ""

    @classmethod
    def of(cls, found: Found, user: Any) -> "Draft":
        """Just brought; it goes aside only when its card is shown again."""
        draft = cls(found.name, found.content_type, found.size, found.sha256, user=_id(user))
        draft._found = found
        return draft

    @classmethod
    def read(cls, word: str, user: Any) -> "Draft | None":
        """The draft a word stands for; None when the word is old, another's or made up."""
        try:
            said = signing.loads(word, salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature:
            return None
        if said["user"] != _id(user):
            return None
        draft = cls(said["name"], said["type"], said["size"], said["sha256"], user=said["user"])
        draft._shelf = said["shelf"]
        return draft

    @property
    def is_there(self) -> bool:
        """Not swept yet, nor saved already."""
        return self._found is not None or default_storage.exists(self._shelf)

    @property
    def mark(self) -> str:
        """By what it is told from the other drafts of its field."""
        return self.sha256

    def put_aside(self) -> str:
        """Kept until the card is saved; gives the signed word for it."""
        if not self._shelf:
            self._shelf = intake.shelved(f"{FOLDER}/{int(time.time()):x}-{secrets.token_hex(16)}", self.content())
        said = {"shelf": self._shelf, "name": self.name, "type": self.content_type, "size": self.size}
        return signing.dumps(said | {"sha256": self.sha256, "user": self._user}, salt=SALT)

    def content(self) -> bytes:
        if self._found is not None:
            return self._found.content()
        with default_storage.open(self._shelf) as kept:
            return kept.read()

    def keep(self, counterparty: Any) -> StoredFile:
        """Stored with its owner, inside the operation that saves the card; then it is no draft any more."""
        stored = intake.keep(self, counterparty=counterparty)
        if self._shelf:
            transaction.on_commit(lambda: default_storage.delete(self._shelf))
        return stored

    def __eq__(self, other: object) -> bool:
        """The very same file brought once more, by a second click for example, is no change."""
        if not isinstance(other, Draft | StoredFile):
            return NotImplemented
        return (self.sha256, self.name) == (other.sha256, other.name)

    def __hash__(self) -> int:
        return hash((self.sha256, self.name))

    def __str__(self) -> str:
        return self.name


def _id(user: Any) -> int | None:
    return getattr(user, "pk", None)
