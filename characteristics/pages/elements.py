"""The elements of one nomenclature: a tree read page by page, and what is done to one of them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from characteristics.domain import nomenclatures as trees
from characteristics.domain import shaping_elements, usage
from characteristics.domain.usage import Filled, Use
from characteristics.models import Element, Nomenclature
from desk import text
from desk.ordering import Places
from desk.pages import settings
from desk.pages.answers import show
from desk.pages.settings_form import NAMES
from trail.domain import settings as kept_acts
from trail.pages.settings_acts import SettingsActs

from .nomenclatures import LIST

#: So many elements stand on one page.
ON_A_PAGE = 100
#: Deeper ones are not indented any further.
DEEPEST = 4


class ElementActs(SettingsActs):
    tab, model = "nomenclatures", Element

    def find(self, request: HttpRequest, **at: str) -> Element:
        return find(**at)

    def list_url(self, thing: Element) -> str:
        return f"{LIST}{thing.nomenclature.code}/"

    def url(self, thing: Element) -> str:
        return f"{self.list_url(thing)}elements/{thing.code}/"

    def crumbs(self, thing: Element, *further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
        return crumbs(thing.nomenclature, *further)

    def places(self, thing: Element) -> Places:
        # Only asked whether there are any, and for whom it may be dragged before.
        return Places(shaping_elements.siblings(thing), Nomenclature.objects.filter(pk=thing.nomenclature_id))

    def is_used(self, thing: Element) -> bool:
        return usage.element_is_used(thing)

    def uses(self, thing: Element) -> list[Use]:
        return uses(thing)

    def remove(self, thing: Element, by: Any) -> None:
        shaping_elements.delete(thing, by=by)

    def move(self, request: HttpRequest, **at: str) -> HttpResponse:
        """Dragged: field ``before`` is the code of the sibling it now stands before; empty means their end."""
        thing = self.find(request, **at)
        code = request.POST.get("before", "")
        if "\x00" in code:
            raise Http404
        before = get_object_or_404(shaping_elements.siblings(thing), code=code) if code else None
        return self._placed(request, thing, shaping_elements.move(thing, before, by=request.user))

    def _stepped(self, request: HttpRequest, by_places: int, **at: str) -> HttpResponse:
        thing = self.find(request, **at)
        return self._placed(request, thing, shaping_elements.step(thing, by_places, by=request.user))

    def _acted(self, request: HttpRequest, thing: Element, said: str, **named: Any) -> HttpResponse:
        answer = super()._acted(request, thing, said, **named)
        answer["Location"] = page_with(thing)
        return answer


acts = ElementActs()


def find(code: str, element: str) -> Element:
    """The element of an address, or 404."""
    return get_object_or_404(
        Element.objects.select_related("nomenclature", "parent"), nomenclature__code=code, code=element
    )


def crumbs(nomenclature: Nomenclature, *further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    home = f"{LIST}{nomenclature.code}/" if further else None
    return settings.crumbs("nomenclatures", (nomenclature.label, home), *further)


def uses(element: Element) -> list[Use]:
    """What depends on an element."""
    found = usage.uses_of_element(element)
    if count := element.children.count():
        sentence = ngettext("%(count)d element stands under it.", "%(count)d elements stand under it.", count)
        found.append(Use(sentence % {"count": count}, f"{LIST}{element.nomenclature.code}/?q={element.code}"))
    return found


def page_with(element: Element) -> str:
    """The address of the page of the tree on which an element stands."""
    order = [each.pk for each in trees.elements(Nomenclature(pk=element.nomenclature_id))]
    number = order.index(element.pk) // ON_A_PAGE + 1 if element.pk in order else 1
    asked = f"?page={number}" if number > 1 else ""
    return f"{LIST}{element.nomenclature.code}/{asked}#{element.code}"


@dataclass(frozen=True)
class Row:
    """One line of the tree."""

    element: Element
    uses: Filled
    place: int  # among those that stand under the same one
    siblings: int
    has_children: bool
    list_url: str = ""

    @property
    def is_first(self) -> bool:
        return self.place == 1

    @property
    def is_last(self) -> bool:
        return self.place == self.siblings

    @property
    def css(self) -> str:
        return f"d{min(self.element.depth, DEEPEST)}"

    @property
    def may_go(self) -> bool:
        return not (self.uses.seen or self.uses.others or self.has_children)

    @property
    def is_said(self) -> bool:
        return bool(self.uses.seen or self.uses.others)


@settings.settings_only
@require_safe
def elements(request: HttpRequest, code: str) -> HttpResponse:
    """A page of the tree, or what was searched for in it."""
    nomenclature = get_object_or_404(Nomenclature, code=code)
    asked = settings.asked(request)
    every = trees.elements(nomenclature)
    found = [each for each in every if _answers(asked, each)] if asked else every
    page = _page(request.GET.get("page", ""), len(found))
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    counts = usage.element_counts(shown, request.decision)
    return show(
        request,
        "characteristics/elements.html",
        nomenclature=nomenclature,
        rows=_rows(every, shown, counts, usage.element_list(nomenclature, request.decision)),
        count=len(every),
        found=len(found),
        asked=asked,
        may_move=not asked,
        base=f"{LIST}{code}/",
        first=(page - 1) * ON_A_PAGE + 1,
        last=(page - 1) * ON_A_PAGE + len(shown),
        earlier=_page_url(asked, page - 1) if page > 1 else "",
        later=_page_url(asked, page + 1) if page * ON_A_PAGE < len(found) else "",
        crumbs=crumbs(nomenclature),
    )


def _rows(every: list[Element], shown: list[Element], counts: dict[int, Filled], listed_at: str) -> list[Row]:
    """Each with its place among its siblings, so that no arrow leads nowhere, and with the list of those that say it.

    Who asks for an element finds what stands under it too: where something does, the number is of another list.
    """
    siblings: Counter = Counter()
    places = {}
    for each in every:
        siblings[each.parent_id] += 1
        places[each.pk] = siblings[each.parent_id]
    return [
        Row(
            each,
            counts.get(each.pk, Filled()),
            places[each.pk],
            siblings[each.parent_id],
            has_children := each.pk in siblings,
            f"{listed_at}{each.code}" if listed_at and not has_children else "",
        )
        for each in shown
    ]


def _page(asked: str, count: int) -> int:
    """The page that was asked for, as far as there are so many."""
    return min(max(text.number(asked) or 1, 1), max(1, -(-count // ON_A_PAGE)))


def _page_url(asked: str, page: int) -> str:
    return "?" + urlencode({**({"q": asked} if asked else {}), "page": page})


def _answers(question: str, element: Element) -> bool:
    return settings.answers(question, (getattr(element, name) for name in ("code", "name", *NAMES)))


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, code: str, element: str) -> HttpResponse:
    """Asked on a page of its own what would stop with it; sent, it acts."""
    thing = find(code, element)
    if request.method == "POST":
        said = _("“%(name)s” is stopped. What has it keeps it; nothing new is offered it.")
        try:
            is_new = kept_acts.stop(thing, by=request.user)
        except ObjectDoesNotExist:
            raise Http404 from None
        return acts._acted(request, thing, said if is_new else _("“%(name)s” was stopped already."))
    title = _("Stop %(name)s?") % {"name": thing.label}
    used = [use.sentence for use in uses(thing)]
    return show(
        request,
        "desk/confirm.html",
        title=title,
        question=_("Whoever has it keeps it, readable and searchable. It is offered to no new record."),
        consequences=used or [_("It is used nowhere.")],
        note=_("What stands under it is not stopped with it.") if thing.children.exists() else "",
        confirm_label=_("Stop it"),
        cancel_url=page_with(thing),
        crumbs=acts.crumbs(thing, (title, None)),
    )
