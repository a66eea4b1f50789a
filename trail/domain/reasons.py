"""Why something is done: said beside the act, kept in its operation, required where the office wants it."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desk import text
from desk.databases import attempt
from trail.domain.operations import operation
from trail.kinds import ACTS
from trail.models import ReasonRule

#: So much of a reason is kept.
LONGEST = 500


def is_required(kind: str) -> bool:
    """Must whoever does this say why?"""
    return ReasonRule.objects.filter(kind=kind, is_required=True).exists()


def required() -> set[str]:
    """The sorts of acts that ask for a reason."""
    return set(ReasonRule.objects.filter(is_required=True).values_list("kind", flat=True))


def said(kind: str, reason: str, must_be: bool | None = None) -> str:
    """The reason as it is kept. The one place where a page is told that it is missing or too long.

    ``must_be``: whether it is required, where that was asked already.
    """
    kept = text.clean(reason)
    if len(kept) > LONGEST:
        wrong = _("A reason has at most %(limit)d characters; this one has %(count)d.")
        raise ValidationError(wrong % {"limit": LONGEST, "count": len(kept)}, code="long")
    if not kept and (is_required(kind) if must_be is None else must_be):
        raise ValidationError(_("Say why: this office wants a reason for it in the history."), code="required")
    return kept


def require(kinds: Collection[str], *, shown: Collection[str], by: Any) -> bool:
    """From now on these acts must say why; what was shown otherwise is changed, the rest stays. False: nothing was."""

    def act() -> bool:
        with operation("settings", by=by):
            known = {each.kind: each for each in ReasonRule.objects.select_for_update()}
            changed = False
            for kind in (each.code for each in ACTS if each.says_why):
                rule = known.get(kind) or ReasonRule(kind=kind)
                if (kind in kinds) != (kind in shown) and rule.is_required != (kind in kinds):
                    rule.is_required, changed = kind in kinds, True
                    rule.save()
            return changed

    return attempt(act)
