from .operation import Operation

# History points at operations, so what is recorded comes after them.
from .reason_rule import ReasonRule

__all__ = ["Operation", "ReasonRule"]
