"""What can be asked of `./dev bench`."""

SIZES = (10_000, 100_000, 1_000_000)
DATABASES = ("sqlite", "postgresql")
#: What is asked for by name → the module that measures it.
GROUPS = {
    "register": "register",
    "filters": "filtering",
    "clients": "clients",
    "search": "searching",
    "pages": "pages",
    "history": "history",
    "rights": "rights",
    "saving": "saving",
    "sheets": "sheets",
    "import": "taking_in",
    "http": "serving",
}
#: The office of many types and roles, and what is measured in it: deciding, and lists of who sees some of many types.
#: A million of them took a quarter of all the building.
WIDE_SIZE, WIDE_GROUPS = 300_000, ("rights",)
