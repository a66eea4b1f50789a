from .passage import Passage
from .tries import Try
from .user import User

__all__ = ["Passage", "Try", "User"]
