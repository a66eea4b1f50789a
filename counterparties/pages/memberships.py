"""The companies in a holding: they join, they leave, and the office knows since when and until when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import belongings, holdings
from counterparties.domain.targets import Targets
from counterparties.models import Counterparty, Membership
from desk.fields import DateFormField
from desk.pages.answers import done, show
from desk.pages.portion import Portion

from .belongings import Belonging, BelongingForm
from .company_field import OfType
from .members_in_brief import in_brief
from .target_field import TargetField

COMPANY = gettext_lazy("Company")


def days(membership: Membership) -> str:
    """*since 4 May 2020*, *4 May 2020 to 1 June 2024*; nothing where nothing is said."""
    said = {name: date_format(day) for name in ("since", "until") if (day := getattr(membership, name))}
    if len(said) == 2:
        return _("%(since)s to %(until)s") % said
    if "since" in said:
        return _("since %(since)s") % said
    return _("until %(until)s") % said if said else ""


class MembershipForm(BelongingForm):
    """Who joins is said once; later only the days can be corrected."""

    class Meta:
        model = Membership
        fields = ["since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {
            "since": _("Empty: as long as anybody remembers."),
            "until": _("Its last day in the holding. Empty: it still belongs to it."),
        }
        for name, hint in hints.items():
            self.fields[name] = DateFormField(label=self.fields[name].label, required=False, help_text=hint)
        if not self.instance.pk:
            field = TargetField(OfType(COMPANY), Targets.of(self.decision), label=COMPANY)  # type: ignore[arg-type]
            field.span = 6
            self.fields = {"member": field, **self.fields}

    def clean_member(self) -> Counterparty:
        member = self.cleaned_data["member"]
        if member.pk == self.counterparty.pk:
            raise ValidationError(_("A holding does not belong to itself. Choose another company."))
        return member

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("It cannot leave before it joins."))
        is_new = "member" in self.fields
        member = cleaned.get("member") if is_new else self.instance.member
        if member and not self.errors:
            other = holdings.overlapping(self.counterparty, member, since, until, self.instance.pk)
            if other and not (is_new and self.is_from_here(other, self.decision.user)):
                self.add_error("since", holdings.overlap_words(other))
            elif holdings.goes_round(self.counterparty.pk, member.pk, since, until):
                at = "member" if is_new else "since"
                self.add_error(at, holdings.round_words(self.counterparty, member))
        return cleaned

    def made(self) -> Any:
        return Membership(holding=self.counterparty, member=self.cleaned_data["member"], **self.facts())

    def after(self, thing: Any) -> None:
        holdings.refuse_nonsense(thing)


class Memberships(Belonging):
    """Whoever may edit the holding as one keeps them, as far as they may view the companies."""

    code, name, model, form = "members", "member", Membership, MembershipForm
    new_words, section_words = gettext_lazy("Add a company"), gettext_lazy("Company in the holding")

    def things(self, request: HttpRequest, counterparty: Counterparty) -> Any:
        seen = request.decision.counterparties("view").order_by().values("pk")
        found = self.model.objects.filter(holding=counterparty.pk, member__in=seen)
        return found.select_related("member__status").order_by("member__name_key", "since", "pk")

    def may_change(self, decision: Any, counterparty: Counterparty) -> bool:
        return holdings.as_holding(decision, "edit", counterparty)

    def _counterparty(self, request: HttpRequest, pk: int) -> Counterparty:
        decision = request.decision
        counterparty = get_object_or_404(decision.counterparties("view"), pk=pk)
        types = [each for each in decision.visible_types(counterparty) if each.kind.groups_clients]
        if not types:
            raise Http404
        if not self.may_change(decision, counterparty):
            decision.require("edit", types[0])
        return counterparty

    def _address(self, thing: Any) -> str:
        return f"/counterparties/{thing.holding_id}/{self.code}/{thing.pk}/"

    def question(self, counterparty: Counterparty, thing: Any) -> str:
        words = {"name": thing, "owner": counterparty.name}
        return _("As if “%(name)s” had never belonged to %(owner)s.") % words

    def consequences(self, thing: Any) -> list[str]:
        return [_("If it left the holding, end its membership instead: it stays known that it once belonged.")]

    def end(self, request: HttpRequest, pk: int, thing_pk: int) -> HttpResponse:
        """It leaves the holding today. The page asks; what is sent acts."""
        counterparty, today = self._counterparty(request, pk), timezone.localdate()
        thing = get_object_or_404(self.things(request, counterparty).on(today), pk=thing_pk)
        words = {"name": thing, "owner": counterparty.name, "day": date_format(today)}
        if request.method == "POST":
            belongings.keep(thing, {"until": today}, guard=thing, seen=thing.version, by=request.user)
            told = _("“%(name)s” belongs to %(owner)s until today, %(day)s.")
            return done(request, self.url(counterparty), told % words)
        title = _("End the membership of %(name)s?") % words
        return show(
            request,
            "desk/confirm.html",
            title=title,
            question=_("“%(name)s” leaves %(owner)s; today, %(day)s, is its last day in the holding.") % words,
            note=_("Another day is said by editing the membership."),
            confirm_label=_("End the membership"),
            cancel_url=self.url(counterparty),
            crumbs=self._crumbs(request, counterparty, title),
        )

    def end_url(self, thing: Any) -> str:
        return f"{self._address(thing)}end/"

    def paths(self) -> list[URLPattern]:
        under = f"counterparties/<int:pk>/{self.code}/<int:thing_pk>/"
        return [*super().paths(), path(f"{under}end/", self._view(self.end), name=f"{self.name}-end")]

    # ---- the tab

    def listed(self, request: HttpRequest, counterparty: Any, may_change: bool) -> dict[str, Any]:
        """Those that belong to it today or later, then those that left, and how many these are."""
        has_left = Case(When(until__lt=timezone.localdate(), then=1), default=0)
        found = self.things(request, counterparty).order_by(has_left, "member__name_key", "since", "pk")
        portion = Portion(request, found, counterparty.counts[self.code])
        left = holdings.members_of(counterparty.pk, request.decision).filter(until__lt=timezone.localdate())
        # Its clients as a list: with any columns and filters, to be counted, sent to a colleague and taken as a sheet.
        list_url = f"/counterparties/?{urlencode({'holding': counterparty.code})}" if portion.rows else ""
        return {
            "rows": [self._row(each, may_change) for each in portion.rows],
            "portion": portion,
            "earlier": left.count() if portion.rows else 0,
            "list_url": list_url,
            "brief": in_brief(counterparty, request.decision) if portion.rows else None,
        }

    def _row(self, thing: Membership, may_change: bool) -> dict[str, Any]:
        today = timezone.localdate()
        is_open = (thing.until is None or thing.until > today) and (thing.since is None or thing.since <= today)
        return {
            "thing": thing,
            "days": days(thing),
            "has_left": bool(thing.until and thing.until < today),
            "edit_url": self.edit_url(thing) if may_change else "",
            "end_url": self.end_url(thing) if may_change and is_open else "",
        }


memberships = Memberships()
