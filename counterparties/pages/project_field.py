"""Choosing one of the projects of a counterparty: in a select up to 200, above that in a text box."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from counterparties.models import Project
from desk import text
from desk.widgets import Select, Suggested

#: So many are offered in a select; the house's rule for every choice.
MOST_IN_A_SELECT = 200
#: So much of what somebody wrote is repeated to them.
REPEATED = 80


class ProjectField(forms.Field):
    """One project by its number, its code, or a name that only one of them bears."""

    def __init__(self, offered: Sequence[Project], **kwargs: Any) -> None:
        self.by_id = {str(each.pk): each for each in offered}
        options = [(pk, f"{each.code} · {each.name}" if each.code else each.name) for pk, each in self.by_id.items()]
        self.choices = [("", "—"), *options]
        box = Select(choices=self.choices) if len(options) <= MOST_IN_A_SELECT else Suggested(options)
        super().__init__(**{"widget": box, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, Project) else value

    def to_python(self, value: Any) -> Project | None:
        said = text.clean(str(value or ""))
        if not said:
            return None
        if said in self.by_id:
            return self.by_id[said]
        key = text.key(said)
        found = [each for each in self.by_id.values() if key in (each.code_key, text.key(each.name))]
        if len(found) != 1:
            sentence = _("This counterparty has no project “%(value)s”. Choose one.")
            raise ValidationError(sentence % {"value": said[:REPEATED]})
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")
