"""The implementers' file: nomenclatures, characteristics and types of an office, written down and applied at once."""

from .applying import define
from .plan import Plan, Refused, Report
from .reading import read

__all__ = ["Plan", "Refused", "Report", "define", "read"]
