"""What history tells somebody of one counterparty."""

from rights.domain import policy
from trail.pages.timeline import parts_of, timeline


def told(user, counterparty, **asked):
    decision = policy.for_user(user)
    return timeline(parts_of(counterparty, decision), decision, **asked).entries


def lines(entry):
    return [(line.label, line.old, line.new) for story in entry.stories for line in story.lines]


def read(client, user, counterparty, query=""):
    client.force_login(user)
    return client.get(f"/counterparties/{counterparty.pk}/history/{query}")
