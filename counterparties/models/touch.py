from django.db import models


class Touch(models.Model):
    """That an operation touched a counterparty of a combination of types, one it had then or was given since.

    Written by the database alone (domain/touches.py), so nothing points anywhere. It may say more than is so: which
    operations somebody may know of is decided by the history of those that are named here.
    """

    operation = models.BigIntegerField()
    type_set = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["type_set", "operation"], name="touches_of_type_set"),
            models.Index(fields=["operation", "type_set"], name="touches_of_operation"),
        ]

    def __str__(self) -> str:
        return f"{self.operation}: {self.type_set}"
