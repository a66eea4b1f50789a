"""How days, times and numbers are written in the office's three languages (FORMAT_MODULE_PATH)."""
