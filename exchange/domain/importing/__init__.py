"""A sheet on its way into the books: received, put to fields, previewed whole, run behind the pages, told about.

``receive`` keeps the file and guesses what its columns mean; ``preview`` judges every row by the code of the run and
writes nothing of them; ``run`` takes the good rows in, chunk by chunk, under one operation: it goes on where it was
cut off, ``cancel`` keeps what is done, and all of it can be taken back as one. Rows are judged by the rights of the
person whose import it is. What became of each row is an ``ImportRow``; ``rows`` says what stands in one.
"""

from counterparties.domain.importing import ImportRefused

from .mapping import fields_for, guess
from .previewing import preview
from .receiving import choose_sheet, receive
from .refusals import refused_book
from .running import catch_up, go_on, may_go_on, run

__all__ = [
    "ImportRefused",
    "catch_up",
    "choose_sheet",
    "fields_for",
    "go_on",
    "guess",
    "may_go_on",
    "preview",
    "receive",
    "refused_book",
    "run",
]
