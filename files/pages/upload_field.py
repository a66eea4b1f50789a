"""A file or picture in a form: what stays, what goes, and what comes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from files.domain import intake
from files.domain.drafts import Draft
from files.domain.kinds import PICTURES
from files.models import StoredFile
from files.pages.upload_box import Sent, UploadBox, put_aside

#: So many files of one field are kept.
MOST = 100


class UploadField(forms.Field):
    """One file, or ``several``: stored ones (StoredFile) and new ones (Draft) side by side.

    ``kept`` is what is stored now; a word for a draft is good for the ``user`` it was given to alone.
    """

    def __init__(
        self,
        kept: Sequence[StoredFile],
        *,
        user: Any,
        pictures_only: bool = False,
        several: bool = False,
        **kwargs: Any,
    ) -> None:
        self.kept, self.user, self.pictures_only, self.several = list(kept), user, pictures_only, several
        super().__init__(**{"widget": UploadBox(self), **kwargs})

    def to_python(self, value: Any) -> Any:
        files = self._said(value) if isinstance(value, Sent) else _as_list(value)
        if self.several:
            if len(files) > MOST:
                raise ValidationError(_("At most %(limit)d files are kept."), params={"limit": MOST})
            return files
        return files[-1] if files else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data) if isinstance(data, Sent) else False

    def words(self, value: Any) -> str:
        """What a form says, as people read it."""
        try:
            return "; ".join(each.name for each in _as_list(self.to_python(value)))
        except ValidationError:
            return str(value)

    def waiting(self, name: str, sent: Any) -> list[tuple[str, str]]:
        """What was brought just now, for a page that sends a form once more: the hidden field and its word."""
        uploads = sent.uploads if isinstance(sent, Sent) else []
        found = [each for each in map(self._looked_at, uploads) if isinstance(each, Draft)]
        return [(f"{name}.draft", word) for _draft, word in put_aside(found)]

    def brought(self, sent: Sent) -> list[Draft]:
        """The good ones of what was sent, to be shown again."""
        found = []
        for word in sent.words:
            draft = Draft.read(word, self.user)
            if draft is not None and draft.is_there and self._suits(draft):
                found.append(draft)
        for upload in sent.uploads:
            looked_at = self._looked_at(upload)
            if isinstance(looked_at, Draft):
                found.append(looked_at)
        return found if self.several else found[-1:]

    def _said(self, sent: Sent) -> list[Any]:
        new, errors = self._new(sent)
        if errors:
            raise ValidationError(errors)
        if self.several:
            kept = [each for each in self.kept if str(each.pk) not in sent.cleared]
            return _told_apart([*kept, *new])
        # A file that was chosen just now is meant, whatever the tick beside the old one says.
        if sent.cleared and not sent.uploads:
            return []
        return new[-1:] or self.kept

    def _new(self, sent: Sent) -> tuple[list[Any], list[ValidationError]]:
        new: list[Any] = []
        errors = []
        for word in sent.words:
            draft = Draft.read(word, self.user)
            if draft is not None and draft.mark in sent.cleared:
                continue
            if sent.uploads and not self.several:
                continue
            if draft is not None and not draft.is_there and draft in self.kept:
                # Sent twice: the first time it was saved.
                new += [] if self.several else [each for each in self.kept if draft == each]
            elif draft is None or not draft.is_there or not self._suits(draft):
                errors.append(ValidationError(_("What was chosen before is not kept any more. Choose it again.")))
            else:
                new.append(draft)
        for upload in sent.uploads:
            found = self._looked_at(upload)
            if isinstance(found, ValidationError):
                errors.append(self._named(found, upload))
            else:
                new.append(found)
        return new, errors

    def _looked_at(self, upload: Any) -> "Draft | ValidationError":
        """Each upload is looked at once, however often the form is asked."""
        if not hasattr(upload, "looked_at"):
            try:
                found = intake.look_at(upload, pictures_only=self.pictures_only)
                upload.looked_at = Draft.of(found, self.user)
            except ValidationError as error:
                upload.looked_at = error
        return upload.looked_at

    def _named(self, error: ValidationError, upload: Any) -> ValidationError:
        """Of several files the sentence says which."""
        if not self.several:
            return error
        told = {"name": intake.kept_name(upload.name or "", ()), "why": " ".join(error.messages)}
        return ValidationError(_("%(name)s: %(why)s") % told, code=error.code)

    def _suits(self, draft: Draft) -> bool:
        return not self.pictures_only or draft.content_type in PICTURES


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []


def _told_apart(files: Iterable[Any]) -> list[Any]:
    """A sheet tells files by their names, so that no two of one field bear the same."""
    found: list[Any] = []
    for each in files:
        names = {other.name for other in found}
        if isinstance(each, Draft) and each.name in names:
            each.name = intake.numbered(each.name, names)
        found.append(each)
    return found
