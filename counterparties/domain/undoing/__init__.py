"""How what was done to counterparties, and to the settings about them, is taken back."""
