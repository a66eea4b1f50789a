"""Choosing a counterparty of one type, an own company above all, as far as the reader may view them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from counterparties.domain.hidden import Hidden
from counterparties.domain.targets import Targets

from .target_field import TargetField, TargetsField


@dataclass(frozen=True)
class OfType:
    """What a field that points asks for, where no characteristic stands behind it."""

    label: Any
    target_type_id: int | None = None
    code: str = ""


OWN_COMPANY = gettext_lazy("Own company")


class OneOfType(TargetField):
    """A counterparty of one type. What is ``kept`` stays, also where the reader may not know which one it is."""

    def __init__(self, whom: Any, type_id: int, targets: Targets, kept: Any = None, **kwargs: Any) -> None:
        known = kept if kept is None or targets.knows(kept) else Hidden(kept.pk)
        super().__init__(OfType(whom, type_id), targets, known, **{"required": False, **kwargs})  # type: ignore[arg-type]

    def words(self, value: Any) -> str:
        """What a form says, as people read it."""
        try:
            found = self.clean(value)
        except ValidationError:
            return str(value)
        return getattr(found, "name", "") or str(found or "")


class CompanyField(OneOfType):
    def __init__(self, type_id: int, targets: Targets, kept: Any = None, **kwargs: Any) -> None:
        super().__init__(OWN_COMPANY, type_id, targets, kept, **kwargs)


def counterparties_field(label: Any, targets: Targets, type_id: int | None = None) -> TargetsField:
    """Any number of counterparties, for filters; of one type if it is said."""
    return TargetsField(OfType(label, type_id), targets)  # type: ignore[arg-type]
