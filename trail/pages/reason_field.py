"""The box for a reason, on every form that has one."""

from typing import Any

from django.utils.translation import gettext_lazy

from desk.fields import LineFormField
from trail.domain import reasons


class ReasonField(LineFormField):
    """Why; required where the office says so of this sort of act."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        told = {"label": gettext_lazy("Reason of the change"), "help_text": gettext_lazy("Stands in the history.")}
        super().__init__(**{"required": reasons.is_required(kind), "max_length": reasons.LONGEST, **told, **kwargs})

    def validate(self, value: Any) -> None:
        # The form of what is sent asked for itself: the rule may have come since the page was opened.
        reasons.said(self.kind, value or "", must_be=self.required)
