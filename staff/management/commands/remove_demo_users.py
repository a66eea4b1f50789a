from typing import Any

from django.core.management.base import BaseCommand

from staff.domain.demo import remove_demo_users


class Command(BaseCommand):
    help = "Disable the users of the demo office, whose passwords everybody knows. Their history stays."

    def handle(self, *args: Any, **options: Any) -> None:
        names = remove_demo_users()
        self.stdout.write(f"disabled={len(names)} {' '.join(names)}".strip())
