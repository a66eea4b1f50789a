"""What the office is told of a number that cannot be right."""

import pytest
from django.core.exceptions import ValidationError


def refusal(check, *args, **named):
    """What the office is told, in one sentence."""
    with pytest.raises(ValidationError) as refused:
        check(*args, **named)
    return refused.value
