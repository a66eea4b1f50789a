"""What a record was to point at is not there: both databases say so at the end of the transaction, each in its way."""

from django.db import IntegrityError

#: PostgreSQL says it in the language of its server, under one number; SQLite in one sentence.
NUMBER, SENTENCE = "23503", "FOREIGN KEY constraint failed"


def points_at_nothing(error: IntegrityError) -> bool:
    """Was something pointed at deleted by somebody else, after it had been looked at and before this was written?"""
    return getattr(error.__cause__, "sqlstate", "") == NUMBER or str(error) == SENTENCE
