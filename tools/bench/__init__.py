"""`./dev bench`: offices of ten thousand to a million counterparties, built once and kept, and what they cost.

`offices` keeps them, `inventing`, `shaping`, `filling` and `loading` build them, `figures` measure them through the
product's own code and `table` tells. Nothing here is part of the office itself.
"""
