"""`./dev` answers plainly before it does anything costly."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parent.parent / "dev"


@pytest.fixture
def checkout(tmp_path):
    """A checkout that holds the one door alone."""
    shutil.copy(DEV, tmp_path / "dev")
    (tmp_path / "var").mkdir()
    return tmp_path


def dev(*words, checkout, **environment):
    """Call it as a bare machine would: from elsewhere, without settings."""
    bare = {"PATH": os.environ["PATH"], "HOME": str(checkout)} | environment
    return subprocess.run(
        [checkout / "dev", *words], cwd="/", env=bare, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def doorkeeper():
    """A living process that looks like an office being served."""
    process = subprocess.Popen(["sh", "-c", "sleep 60; :", "./dev run"])
    yield process
    process.kill()
    process.wait()


def test_without_a_word_it_tells_what_it_can(checkout):
    answer = dev(checkout=checkout)

    assert answer.returncode == 0
    assert [word for word in ("run", "test", "check", "bench", "manage") if f"./dev {word}" not in answer.stdout] == []


def test_an_unknown_word_is_refused_with_the_known_ones(checkout):
    answer = dev("dance", checkout=checkout)

    assert answer.returncode == 2
    assert answer.stderr.startswith('./dev does not know "dance".')


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80", "999999"])
def test_a_port_that_is_none_is_refused_with_an_example(checkout, port):
    answer = dev("run", checkout=checkout, PORT=port)

    assert answer.returncode == 1
    assert answer.stderr == f'PORT must be a number from 1 to 65535, not "{port}". Try PORT=9000 ./dev run\n'


def test_a_second_call_says_where_the_office_is_already_open(checkout, doorkeeper):
    (checkout / "var/serving").write_text(f"9321 open {doorkeeper.pid}\n")

    answer = dev("run", checkout=checkout)

    assert answer.returncode == 0
    assert answer.stdout == "The office is already open at http://127.0.0.1:9321/\n"


def test_a_second_call_says_that_the_office_is_being_prepared(checkout, doorkeeper):
    (checkout / "var/serving").write_text(f"9321 preparing {doorkeeper.pid}\n")

    answer = dev("run", checkout=checkout)

    assert answer.returncode == 0
    assert answer.stdout.startswith("The office is being prepared by an earlier call")


@pytest.fixture
def no_python(checkout):
    """The way to the tools of a machine that has everything but Python."""
    tools = checkout / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "cmp", "sed", "tail", "tr", "grep", "mkdir", "rm"):
        (tools / name).symlink_to(shutil.which(name))
    return str(tools)


@pytest.mark.parametrize("word", ["run", "test", "check", "bench", "manage"])
def test_a_machine_without_python_is_told_what_to_install(checkout, no_python, word):
    answer = dev(word, checkout=checkout, PATH=no_python)

    assert answer.returncode == 1
    assert answer.stderr.startswith("Python 3.11 or newer is needed and was not found.")


def test_a_number_that_now_belongs_to_another_program_is_not_the_office(checkout, no_python):
    (checkout / "var/serving").write_text(f"9321 open {os.getpid()}\n")

    answer = dev("run", checkout=checkout, PATH=no_python)

    assert (answer.returncode, answer.stdout) == (1, "")  # it went on, and then missed Python
