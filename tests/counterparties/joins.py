"""Two counterparties are joined, as the page does it."""


def page_of(stays, goes):
    return f"/counterparties/{stays.pk}/join/?with={goes.pk}"


def join(client, stays, goes, **said):
    """Both as they stand, and nothing chosen but what is said."""
    for each in (stays, goes):
        each.refresh_from_db()
    seen = {"version": stays.version, "other_version": goes.version}
    return client.post(page_of(stays, goes), {"asked": "1", **seen, "confirmed": "1", **said})
