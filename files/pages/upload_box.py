"""What a form shows of a field of files: what is kept, what waits, and the box for more.

Next to the box ``NAME`` stand the ticks ``NAME_clear`` and, after a refusal, the signed words of what was brought,
``NAME.draft``: no code of a characteristic holds a point.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from files.domain.drafts import Draft
from files.domain.kinds import DOCUMENTS, PICTURES
from files.pages.links import named

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

    def __init__(self, field: Any) -> None:
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


def put_aside(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, str]]:
    """Each with its word; what cannot be put aside has to be chosen again, and the log says why."""
    for each in drafts:
        with suppress(ValidationError):
            yield each, each.put_aside()


def _listed(data: Any, name: str) -> list[Any]:
    if not data:
        return []
    if hasattr(data, "getlist"):
        return [each for each in data.getlist(name) if each]
    said = data.get(name)
    return [each for each in (said if isinstance(said, list | tuple) else [said]) if each]
