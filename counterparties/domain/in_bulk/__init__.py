"""Many counterparties at once, by the rules of the card: what a sheet brings in and what a bulk edit changes."""
