"""What a view says about itself to those who stand before all pages of the office."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def takes_along(view: View) -> View:
    """What it answers leaves the house, as sheets do: under the name of whoever really asks, or not at all."""
    return _said(view, "takes_along")


def done_in_person(view: View) -> View:
    """Done by whoever sits at the browser, through whose eyes they may look: log out, speak another language."""
    return _said(view, "is_done_in_person")


def open_to_guests(view: View) -> View:
    """Answers people from outside too who have a log-in, and decides by itself what is theirs. No other page does."""
    return _said(view, "is_open_to_guests")


def _said(view: Any, mark: str) -> Any:
    setattr(view, mark, True)
    return view
