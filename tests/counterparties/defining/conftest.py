"""Handing the implementers' file in."""

import pytest
from django.core.management import CommandError, call_command

from trail.models import Operation


@pytest.fixture
def define(office, tmp_path, capsys):
    def define(text, *options):
        file = tmp_path / "office.yaml"
        file.write_text(text, encoding="utf-8")
        call_command("define_characteristics", str(file), *options)
        return capsys.readouterr().out.strip().splitlines()

    return define


@pytest.fixture
def refused(define):
    def refused(text):
        before = Operation.objects.count()
        with pytest.raises(CommandError) as told:
            define(text)
        assert Operation.objects.count() == before
        return str(told.value).split("office.yaml: ", 1)[1]

    return refused
