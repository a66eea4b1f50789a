"""What operations say of a person: why something was done, and from where."""

from trail.domain.erasing import Eraser, Subject, erasers
from trail.models import Operation


@erasers.register
class Operations(Eraser):
    """They stay for ever; the address of whoever did them goes with that person."""

    code, position, model = "trail.Operation", 900, Operation
    user, blanks = "user", {"address": None}
    mentions = ("reason",)

    def _blank_records(self, subject: Subject, asked: object) -> None:
        # There may be a million of one person, and nothing follows from an address.
        rows = Operation.objects.filter(user__in=sorted(subject.users), address__isnull=False)
        subject.counts[Operation._meta.db_table] += rows.update(**self.blanks)
