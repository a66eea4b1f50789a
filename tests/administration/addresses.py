"""Where things stand in Django admin."""

TYPES = "/admin/counterparties/counterpartytype/"
STATUSES = "/admin/counterparties/status/"
SETTINGS = [TYPES, STATUSES, "/admin/characteristics/characteristic/", "/admin/characteristics/nomenclature/"]
GUARDED = [
    "/admin/counterparties/counterparty/",
    "/admin/counterparties/value/",
    "/admin/rights/grant/",
    "/admin/trail/operation/",
    "/admin/staff/user/",
    "/admin/auth/group/",
]
NO_TIES = {"ties-TOTAL_FORMS": "0", "ties-INITIAL_FORMS": "0"}
