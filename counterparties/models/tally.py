from django.db import models


class Tally(models.Model):
    """How many counterparties there are of a combination of types with a status; read added up.

    Written by the database alone (domain/tallies.py), so nothing points anywhere: 0 is no status.
    """

    type_set = models.BigIntegerField()
    status = models.BigIntegerField()
    is_archived = models.BooleanField()
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["type_set", "status", "is_archived"], name="tally_by_facts")]

    def __str__(self) -> str:
        return f"{self.type_set}, {self.status}: {self.number}"


class Arrivals(models.Model):
    """How many counterparties of a combination of types were added in a month by Greenwich; read added up."""

    type_set = models.BigIntegerField()
    month = models.CharField(max_length=7)
    is_archived = models.BooleanField()
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["month", "type_set", "is_archived"], name="arrivals_by_facts")]

    def __str__(self) -> str:
        return f"{self.type_set}, {self.month}: {self.number}"
