from .tries import Try
from .user import User

__all__ = ["Try", "User"]
