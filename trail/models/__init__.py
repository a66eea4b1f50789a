from .operation import Operation

# History points at operations, so what is recorded comes after them.
from .reason_rule import ReasonRule
from .stamp import Stamp

__all__ = ["Operation", "ReasonRule", "Stamp"]
