from django.db import models


class Stamp(models.Model):
    """Differs after every change of the settings; the database itself renews it (``desk.databases.stamps``)."""

    slot = models.PositiveSmallIntegerField(primary_key=True)
    word = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.slot}: {self.word}"
