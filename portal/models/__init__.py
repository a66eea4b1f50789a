from .access import Access
from .letter import Letter
from .proposal import Proposal, ProposedChange

__all__ = ["Access", "Letter", "Proposal", "ProposedChange"]
