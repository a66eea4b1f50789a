"""The settings of types: the tree of them, and what may be done in its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from characteristics.models import Characteristic
from counterparties.domain import counting, headcount, shaping, usage
from counterparties.domain.headcount import Headcount
from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType
from desk.pages import settings
from desk.pages.answers import show
from desk.pages.settings_form import NAMES
from rights.domain.granting import revoke
from trail.pages.settings_acts import SettingsActs, Use

LIST = "/settings/types/"
#: Levels that are indented one by one; deeper ones stand below each other.
DEEPEST = 4


class TypeActs(SettingsActs):
    tab, model = "types", CounterpartyType

    def is_used(self, thing: CounterpartyType) -> bool:
        return usage.type_is_used(thing)

    def uses(self, thing: CounterpartyType) -> list[Use]:
        return list(uses_of(thing))

    def hindrance(self, thing: CounterpartyType, act: str) -> str:
        if act == "delete" and thing.parent_id is None:
            return _("%(type)s is one of the six kinds, which are part of the system. It can be stopped.") % {
                "type": thing
            }
        return ""

    def consequences(self, thing: CounterpartyType) -> list[str]:
        tied = thing.ties.count()
        sentence = ngettext(
            "%(count)d characteristic of its own is untied; the characteristic itself stays.",
            "%(count)d characteristics of its own are untied; the characteristics themselves stay.",
            tied,
        )
        return [
            *([sentence % {"count": tied}] if tied else []),
            _("The rights that roles have on it go with it."),
            *super().consequences(thing),
        ]

    def remove(self, thing: CounterpartyType, by: Any) -> None:
        def with_rights(going: CounterpartyType) -> None:
            for role in Group.objects.filter(grants__type=going).distinct():
                revoke(role, going, ["view"])

        shaping.delete_type(thing, by=by, first=with_rights)


acts = TypeActs()


def uses_of(type_: CounterpartyType) -> Iterable[Use]:
    """Everything that keeps a type from being deleted."""
    if count := counting.number(type_set__in=type_.type_sets.values("pk")):
        said = ngettext("%(count)d counterparty is of this type.", "%(count)d counterparties are of this type.", count)
        yield Use(said % {"count": count}, f"/counterparties/?{urlencode({'type': type_.code, 'archived': 'all'})}")
    elif type_.type_sets.exists():
        yield Use(_("Counterparties were of this type once; their history needs it."))
    if count := type_.children.count():
        said = ngettext("%(count)d subtype stands under it.", "%(count)d subtypes stand under it.", count)
        yield Use(said % {"count": count}, f"{LIST}#{type_.code}")
    if count := Characteristic.objects.filter(target_type=type_).count():
        said = ngettext(
            "%(count)d characteristic chooses among counterparties of it.",
            "%(count)d characteristics choose among counterparties of it.",
            count,
        )
        yield Use(said % {"count": count}, "/settings/characteristics/")


@dataclass(frozen=True)
class Row:
    """One line of the tree."""

    type: CounterpartyType
    depth: int
    own: int
    inherited: int
    count: Headcount
    may_go: bool
    fold_url: str = ""
    is_folded: bool = False

    @property
    def indent(self) -> str:
        return f"d{min(self.depth, DEEPEST)}"


class Tree:
    """The rows as asked for: whole, folded at some types, or the answers to a search with what is above them."""

    def __init__(self, request: HttpRequest, asked: str) -> None:
        self.tree: TypeTree = request.decision.tree
        self.asked = asked
        self.folded = [code for code in request.GET.getlist("folded") if code in self.tree.by_code] if not asked else []
        self.counts = headcount.of_types(request.decision)
        self.occurring = set().union(*request.decision.type_sets.values())

    @property
    def rows(self) -> list[Row]:
        return [self._row(each) for each in self.tree.types if each.pk in self._shown]

    @cached_property
    def parents(self) -> set[int]:
        return {each.parent_id for each in self.tree.types if each.parent_id}

    @property
    def fold_all_url(self) -> str:
        roots = [each.code for each in self.tree.types if each.parent_id is None and each.pk in self.parents]
        return _address(roots)

    @cached_property
    def _shown(self) -> set[int]:
        tree = self.tree
        if self.asked:
            found = [each for each in tree.types if settings.answers(self.asked, _names(each))]
            return {above.pk for each in found for above in tree.lineage(each)}
        hidden = set().union(*[tree.family(each) - {each.pk} for each in (tree.by_code[code] for code in self.folded)])
        return set(tree.by_id) - hidden

    @cached_property
    def _targets(self) -> set[int]:
        return {each.target_type_id for each in self.tree.characteristics.values() if each.target_type_id}

    def _row(self, type_: CounterpartyType) -> Row:
        own, line = self.tree.own(type_), self.tree.lineage(type_)
        given = {each.pk for above in line[:-1] for each in self.tree.own(above)}
        is_kept = {type_.pk} & (self.parents | self.occurring | self._targets)
        is_folded = type_.code in self.folded
        others = [code for code in self.folded if code != type_.code]
        can_fold = type_.pk in self.parents and not self.asked
        return Row(
            type_,
            len(line) - 1,
            own=len([each for each in own if each.pk not in given]),
            inherited=len(given),
            count=self.counts.get(type_.pk, headcount.NOBODY),
            may_go=not is_kept and type_.parent_id is not None,
            fold_url=_address(others if is_folded else [*others, type_.code], type_.code) if can_fold else "",
            is_folded=is_folded,
        )


@settings.settings_only
@require_safe
def types(request: HttpRequest) -> HttpResponse:
    """The tree of types."""
    frame = settings.frame(request, "types")
    tree = Tree(request, frame["asked"])
    return show(request, "counterparties/types.html", tree=tree, rows=tree.rows, **frame)


def _address(folded: list[str], at: str = "") -> str:
    question = urlencode([("folded", code) for code in folded])
    return f"{LIST}{'?' if question else ''}{question}{'#' if at else ''}{at}"


def _names(type_: CounterpartyType) -> list[str]:
    return [type_.code, type_.name, *(getattr(type_, name) for name in NAMES)]
