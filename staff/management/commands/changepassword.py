from typing import Any

from django.contrib.auth.management.commands import changepassword

from trail.domain.operations import operation


class Command(changepassword.Command):
    """Django's own, under an operation: history says that the password came from the command line."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        with operation("command", by=None, reason="changepassword"):
            return super().handle(*args, **options)
