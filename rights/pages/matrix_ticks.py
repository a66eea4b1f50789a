"""The ticks of a matrix as HTML: the row *All* and the rows under it."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desk.templatetags.desk import icon
from rights.catalog import RIGHTS
from rights.domain.matrix import State

from .matrix_sheet import GRANT, Block, Line, Matrix


class Ticks:
    """The rows of a matrix as HTML, written at once: thousands of ticks are too many for a template each.

    ``state`` is what the form compares with, ``ticked`` what stands in the boxes, ``alls`` the ticks of *All* by key.
    """

    def __init__(self, matrix: Matrix, state: State, ticked: State, alls: Mapping[str, Iterable[str]]) -> None:
        self.matrix, self.state, self.ticked, self.alls = matrix, state, ticked, alls
        # Said once: what is escaped of a translation would be translated and escaped anew in each of the cells.
        self.rights = [(right.code, escape(str(right.label)), escape(str(right.sentence))) for right in RIGHTS]

    @cached_property
    def columns(self) -> SafeString:
        """What each column gives, as a drawing, a word and a sentence; the same over every part."""
        told = [(each.icon, *words) for each, (_code, *words) in zip(RIGHTS, self.rights, strict=True)]
        return SafeString("".join(_column(*each) for each in told))

    @cached_property
    def blocks(self) -> list[dict[str, object]]:
        """Each part with its rows, written once however often the template asks."""
        return [
            {
                "block": each,
                "rows": self.rows(each),
                "given": self._given(each),
                "is_changed": any(
                    set(self.state.get(line.row, ())) != set(self.ticked.get(line.row, ())) for line in each.lines
                ),
            }
            for each in self.matrix.blocks
        ]

    def _given(self, block: Block) -> int:
        return sum(len(set(self.state.get(line.row, ()))) for line in block.lines)

    def rows(self, block: Block) -> SafeString:
        """*All* and the rows under it; every word is escaped where it is put in."""
        written = [self._all(block), *(self._line(line) for line in block.lines)]
        return SafeString("\n".join(written))

    def _all(self, block: Block) -> str:
        held = block.held_by_all(self.state)
        ticked = self.alls.get(block.key, held)
        title, note = (_("All"), _("every type")) if self.matrix.role else (_("All"), _("every role of today"))
        cells = [
            self._tick(
                f"{block.all_name}-{code}",
                f"{escape(title)}: {label}",
                label,
                sentence,
                is_on=code in ticked,
                is_changed=(code in ticked) != (code in held),
                count=self._count(block, code),
            )
            for code, label, sentence in self.rights
        ]
        # The script counts on while ticks are set.
        every, some = map(escape, _some_or_all())
        words = f' data-words="{every}" data-words-of-some="{some}"'
        return _row("all", block.all_name, escape(title), escape(note), cells, words)

    def _count(self, block: Block, code: str) -> tuple[bool, str]:
        """Whether some but not all are ticked, in words."""
        told = {"given": block.given_to(self.ticked, code), "count": len(block.lines)}
        is_some = 0 < told["given"] < told["count"]
        return is_some, _some_or_all()[is_some] % told

    def _line(self, line: Line) -> str:
        had, has, who = set(self.state.get(line.row, ())), set(self.ticked.get(line.row, ())), escape(line.label)
        cells = [
            self._tick(
                f"{GRANT}-{line.name}-{code}",
                f"{who}: {label}",
                label,
                sentence,
                is_on=code in has,
                is_changed=(code in has) != (code in had),
            )
            for code, label, sentence in self.rights
        ]
        return _row("", line.name, who, escape(line.note), cells)

    def _tick(
        self,
        name: str,
        said: str,
        label: str,
        sentence: str,
        *,
        is_on: bool,
        is_changed: bool,
        count: tuple[bool, str] = (False, ""),
    ) -> str:
        is_some, words = count
        return (
            f'<td{" class=changed" if is_changed else ""} title="{sentence}"><label>'
            f'<input class="form-check-input{" half" if is_some and not is_on else ""}" type="checkbox" name="{name}"'
            f'{" checked" if is_on else ""} aria-label="{said}{", " + words if words else ""}">'
            f'<span class="word">{label}</span>{f"<span class=who>{words}</span>" if words else ""}</label></td>'
        )


def _some_or_all() -> tuple[str, str]:
    """How many have a right: the words for all or none, and those for some."""
    return _("%(given)d of %(count)d"), _("some: %(given)d of %(count)d")


def _column(drawing: str, label: str, sentence: str) -> str:
    words = f'<span class="hidden-words">: {sentence}</span>'
    return f'<th scope="col" title="{sentence}">{icon(drawing)}{label}{words}</th>'


def _row(css: str, name: str, title: str, note: str, cells: Iterable[str], more: str = "") -> str:
    return (
        f'<tr{f" class={css}" if css else ""} data-row="{name}"{more}><th scope="row"><div>'
        f'<span class="role">{title}</span><span class="who">{note}</span></div></th>{"".join(cells)}</tr>'
    )
