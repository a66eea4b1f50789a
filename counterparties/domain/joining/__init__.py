"""Two counterparties that are one are joined.

``differences`` and ``facts`` say in what they differ, ``plan`` what would be done and ``refusals`` why not, ``acting``
does it; ``moves``, ``links``, ``members`` and ``banked`` take along what hangs on the one that goes, what points at it,
its holdings, and the accounts it holds as a bank.
"""
