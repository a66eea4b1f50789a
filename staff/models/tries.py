from django.db import models
from django.utils import timezone


class Try(models.Model):
    """A try to log in, for as long as it counts; who tried from where is a fingerprint. No page shows it."""

    name = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
