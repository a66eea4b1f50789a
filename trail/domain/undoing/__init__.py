"""Taking operations back: what was changed becomes again as it was, under an operation of its own.

A *ground* is what records hang on: the counterparties, the office's settings, somebody's saved views. Each recorded
model says in its app's `undoing.py` on which ground it stands, who may take it back and what stands in the way, or why
it never is taken back.
"""
