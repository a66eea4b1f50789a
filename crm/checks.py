"""System checks of the office: a wrong setting is told with the hint what to write."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Warning, register

from crm.env import complaints


@register
def environment(**_kwargs: Any) -> list[Any]:
    """Every variable of the environment that could not be read."""
    return [Error(f"{name}: {wrong}", hint=hint, id="crm.E001") for name, wrong, hint in complaints]


@register
def upload_limit(**_kwargs: Any) -> list[Any]:
    if 1 <= settings.MAX_UPLOAD_MB <= 1000:
        return []
    return [Error("MAX_UPLOAD_MB is out of range.", hint="Write a whole number from 1 to 1000.", id="crm.E002")]


@register
def demo_in_production(**_kwargs: Any) -> list[Any]:
    if settings.DEMO and settings.HTTPS:
        return [Warning("DEMO is on.", hint="Take DEMO out of the environment of a real office.", id="crm.W001")]
    return []
