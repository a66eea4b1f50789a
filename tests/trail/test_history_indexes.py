"""History has the indexes it is asked by: they are half of what writing it costs."""

from collections import Counter

from django.apps import apps

from trail.history import PartOfOperation


def leading(model):
    """By which column each index of a model begins."""
    own = [field.column for field in model._meta.concrete_fields if field.db_index and not field.primary_key]
    return Counter([*own, *(model._meta.get_field(index.fields[0]).column for index in model._meta.indexes)])


def test_history_is_found_by_its_operation_and_by_nothing_it_is_not_asked_for():
    histories = [each for each in apps.get_models() if issubclass(each, PartOfOperation)]

    indexed = {each: leading(each) for each in histories}

    assert len(histories) > 20
    assert {each: by["operation_id"] for each, by in indexed.items()} == dict.fromkeys(histories, 1)
    assert [each for each, by in indexed.items() if by["history_user_id"] or by["history_date"]] == []
