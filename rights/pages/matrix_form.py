"""What came back from a page of the matrix: what it had shown, what is ticked now, and why."""

from collections import defaultdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rights.catalog import BY_CODE
from rights.domain.matrix import Column, Row, Targets, targets
from trail.pages.reason_field import ReasonField

from .matrix_sheet import ALL, GRANT, Matrix

AGAIN = gettext_lazy("This form names what the matrix does not have. Open the page again; nothing was changed.")


class ReasonForm(forms.Form):
    """Why; kept in the history."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = ReasonField("rights", label=_("Reason, for the history"), help_text="")


class MatrixForm(ReasonForm):
    """Ticks are read by their names: thousands of fields would be thousands of objects."""

    shown = forms.CharField(widget=forms.HiddenInput, error_messages={"required": AGAIN})
    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2**62, error_messages={"required": AGAIN}
    )

    def __init__(self, data: Any = None, *, matrix: Matrix, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.matrix = matrix
        self.state: dict[Row, set[str]] = {}
        self.ticked: dict[Row, set[str]] = {}
        self.alls_shown: dict[str, set[str]] = {}
        self.alls: dict[str, set[str]] = {}

    @property
    def wanted(self) -> Targets:
        """What the ticks ask for, cell by cell."""
        columns = [
            Column(tuple(row for row in self.state if self.matrix.covers(key, row)), right, right in ticked)
            for key, ticked in self.alls.items()
            for right in BY_CODE
            if (right in self.alls_shown[key]) != (right in ticked)
        ]
        return targets(self.state, self.ticked, columns)

    def clean_shown(self) -> str:
        """The hidden field says which rows stood on the page, and what was ticked in them."""
        shown = self.cleaned_data["shown"]
        for token in shown.split():
            name, colon, listed = token.partition(":")
            rights = {code for code in listed.split(",") if code}
            if not colon or rights - set(BY_CODE):
                raise ValidationError(AGAIN)
            if name == ALL or name.startswith(f"{ALL}-"):
                self.alls_shown[self._key(name)] = rights
            else:
                self.state[self._row(name)] = rights
        self.ticked = {row: set() for row in self.state}
        self.alls = {key: set() for key in self.alls_shown}
        for name in self.data:
            self._read(name)
        return shown

    def _read(self, field: str) -> None:
        name, _dash, right = field.rpartition("-")
        if name == ALL or name.startswith(f"{ALL}-"):
            ticks: dict[Any, set[str]] = self.alls
            thing: Any = self._key(name)
        elif name == GRANT or name.startswith(f"{GRANT}-"):
            ticks, thing = self.ticked, self._row(name.removeprefix(GRANT).removeprefix("-"))
        else:
            return
        # A tick of a row that was not shown says nothing about what stood there before.
        if right not in BY_CODE or thing not in ticks:
            raise ValidationError(AGAIN)
        ticks[thing].add(right)

    def _row(self, name: str) -> Row:
        row = self.matrix.row(name)
        if row is None:
            raise ValidationError(
                _("A role or type of this form is no longer there. Open the page again; nothing was changed.")
            )
        return row

    def _key(self, name: str) -> str:
        key = name.removeprefix(ALL).removeprefix("-")
        if not self.matrix.has_all(key):
            raise ValidationError(AGAIN)
        return key


def merged(wanted: Targets, now: dict[Row, set[str]]) -> dict[Row, set[str]]:
    """What is there now with my wishes put over it."""
    rows: dict[Row, set[str]] = defaultdict(set, {row: set(rights) for row, rights in now.items()})
    for row, asked in wanted.items():
        rows[row] |= {right for right, is_given in asked.items() if is_given}
        rows[row] -= {right for right, is_given in asked.items() if not is_given}
    return rows
