"""A filter whose answers are codes out of a list."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q

from desk.pages.filters import CodesField, Filter


class OneOfCodes(Filter):
    """Any of some codes."""

    column = ""

    def options(self) -> list[tuple[str, Any]]:
        raise NotImplementedError

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {self.key: CodesField(self.options())}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return Q(**{f"{self.column}__in": asked[self.key]})
