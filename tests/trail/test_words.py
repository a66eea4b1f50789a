"""Every recorded model is told of in words, by the rights of its reader."""

from django.apps import apps
from django.db.models import Q

from counterparties.models import Counterparty
from rights.domain import policy
from rights.models import Grant
from trail.pages.words import Words, words


def recorded_models():
    """Every model that has a history, but the rows of history themselves."""
    return [
        model
        for model in apps.get_models()
        if hasattr(getattr(getattr(model, "history", None), "model", None), "tracked_fields")
    ]


def test_every_recorded_model_has_words_and_says_who_may_read_of_it(admin, vera):
    """Written by its own app: what it is called, how many there are, and which rows are whose to see."""
    missing, everything, nothing = [], policy.for_user(admin), policy.for_user(vera)

    for model in recorded_models():
        speaker = words.get(model._meta.label) if model._meta.label in words else None
        if speaker is None or not speaker.counted or type(speaker).rows is Words.rows:
            missing.append(model._meta.label)
            continue
        assert "2" in str(speaker.counted % {"count": 2, "number": "2"})
        model.history.filter(speaker.rows(everything) or Q()).count()
        assert speaker.thing is None or speaker.thing._meta.label in words
        # Who has no role may know of what is their own alone.
        rows = speaker.rows(nothing)
        seen = model.history.filter(rows) if rows is not None else model.history.none()
        assert set(seen.values_list("id", flat=True)) <= ({vera.pk} if model._meta.label == "staff.User" else set())

    assert len(recorded_models()) > 20
    assert missing == []
    assert Grant in recorded_models()
    assert Counterparty in recorded_models()
