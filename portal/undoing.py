"""Why what clients did, and how they come in, is not taken back."""

from django.utils.translation import gettext_lazy as _

from portal.models import Access, Proposal, ProposedChange
from trail.domain.undoing.registry import Undoing, undoings


@undoings.register
class Accesses(Undoing):
    code, position, model = "portal.Access", 930, Access
    never = _("A client's way in is opened and closed on the dossier.")


@undoings.register
class Proposals(Undoing):
    code, position, model = "portal.Proposal", 935, Proposal
    never = _("What a client proposed stays as it was written; what was taken over from it is taken back.")


@undoings.register
class ProposedChanges(Undoing):
    code, position, model = "portal.ProposedChange", 936, ProposedChange
    never = Proposals.never
