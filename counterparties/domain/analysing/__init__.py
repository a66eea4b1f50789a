"""The counterparties of a list in numbers: parted by one fact or by two, and counted or added up in each part.

The database groups whom the question finds, and hands over one row for each different answer, never a counterparty.
What an answer stands for (a subtype for its type, an element for the one above it) is told here afterwards, so that
whoever stands in several parts is still counted once in the total.
"""
