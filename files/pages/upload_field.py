"""A file or picture in a form: what is kept, a tick that removes it, and a box for another one.

Next to the box ``NAME`` stand the ticks ``NAME_clear`` and, after a refusal, the signed words of what was brought,
``NAME.draft``: no code of a characteristic holds a point.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from files.domain import intake
from files.domain.drafts import Draft
from files.domain.kinds import DOCUMENTS, PICTURES
from files.models import StoredFile
from files.pages.links import named

#: So many files of one field are kept.
MOST = 100
#: What the browser offers first when somebody looks for a file.
OFFERED = (*PICTURES, *(ending for endings in DOCUMENTS.values() for ending in endings))


@dataclass
class Sent:
    """What a form said of a field of files."""

    uploads: list[Any] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.uploads or self.words or self.cleared)

    def __str__(self) -> str:
        return "; ".join(str(each.name) for each in self.uploads)


@dataclass(frozen=True)
class Entry:
    """A file that is kept, or one that waits to be saved and has a ``word``."""

    html: SafeString | str
    name: str
    size: int
    mark: Any
    is_removed: bool
    word: str = ""


class UploadBox(forms.Widget):
    """Shows what is kept and what was brought, each with its tick, and takes more."""

    needs_multipart_form = True
    span = 3

    def __init__(self, field: "UploadField") -> None:
        super().__init__()
        self.field = field

    def __deepcopy__(self, memo: Any) -> "UploadBox":
        copied = super().__deepcopy__(memo)
        copied.field = memo.get(id(self.field), self.field)
        return copied

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        return Sent(_listed(files, name), _listed(data, f"{name}.draft"), _listed(data, f"{name}_clear"))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        sent = value if isinstance(value, Sent) else Sent()
        brought = self.field.brought(sent)
        # One file takes the place of another: what waits to be saved is shown instead of what is kept.
        kept = self.field.kept if self.field.several or not brought else []
        entries = [
            Entry(named(each, 96), each.name, each.size, each.pk, self._is_cleared(each.pk, sent)) for each in kept
        ]
        for each, word in put_aside(brought):
            entries.append(Entry(each.name, each.name, each.size, each.mark, self._is_cleared(each.mark, sent), word))
        box = self._box(name, {**self.attrs, **(attrs or {})})
        return render_to_string("files/upload.html", {"name": name, "entries": entries, "box": box})

    def _box(self, name: str, attrs: dict[str, Any]) -> SafeString:
        accept = ",".join(PICTURES if self.field.pictures_only else OFFERED)
        attrs = attrs | {"multiple": self.field.several, "required": False}
        return format_html('<input type="file" name="{}" accept="{}"{}>', name, accept, flatatt(attrs))

    def _is_cleared(self, mark: Any, sent: Sent) -> bool:
        return str(mark) in sent.cleared if self.field.several else bool(sent.cleared)


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
        return [
            (f"{name}.draft", each.put_aside()) for each in map(self._looked_at, uploads) if isinstance(each, Draft)
        ]

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


def put_aside(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, str]]:
    """Each with its word; what cannot be put aside has to be chosen again, and the log says why."""
    for each in drafts:
        with suppress(ValidationError):
            yield each, each.put_aside()


def _listed(data: Any, name: str) -> list[Any]:
    if not data:
        return []
    found = data.getlist(name) if hasattr(data, "getlist") else _as_list(data.get(name))
    return [each for each in found if each]


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
