from django.db import models


class Sequence(models.Model):
    """The last number given out in one series. Whoever takes one holds the row until the end of the operation."""

    name = models.CharField(max_length=32, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
