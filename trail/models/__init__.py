from .operation import Operation
from .reason_rule import ReasonRule
from .stamp import Stamp

__all__ = ["Operation", "ReasonRule", "Stamp"]
