"""Where to go next. What a form or an address asks for is followed only within the office."""

import unicodedata

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def onward(request: HttpRequest, otherwise: str = "/") -> str:
    """The page that was asked for before a detour (log in, another language), or the given one."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_inside_office(wanted) else otherwise


def is_inside_office(address: str) -> bool:
    """A plain path. Browsers drop control characters and turn backslashes round, so neither may occur."""
    plain = address.startswith("/") and "\\" not in address
    plain = plain and not any(unicodedata.category(sign).startswith("C") for sign in address)
    return plain and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
