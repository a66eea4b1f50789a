"""An address in an alphabet that is none must not break the door of the office."""

import io

import pytest

from crm.utf8 import utf8_only


def asked(sort):
    """What the office is told about the letters of a request of this content type."""
    told = {}
    door = utf8_only(lambda environ, _start: told.update(environ) or [b""])
    door({"CONTENT_TYPE": sort, "wsgi.input": io.BytesIO()}, None)
    return told["CONTENT_TYPE"]


@pytest.mark.parametrize("alphabet", ["hex", "rot13", "utf-7", "unicode_escape", "idna", '"hex"', "utf-8"])
def test_the_alphabet_a_visitor_names_is_forgotten(alphabet):
    assert asked(f"text/plain; charset={alphabet}") == "text/plain"
    assert asked(f"multipart/form-data; CharSet ={alphabet};boundary=X") == "multipart/form-data;boundary=X"
    assert asked(f"text/plain;charset*=utf-8''{alphabet}") == "text/plain"


def test_everything_else_of_the_content_type_stays():
    assert asked('multipart/form-data; boundary="a b"') == 'multipart/form-data; boundary="a b"'
    assert asked("") == ""


@pytest.mark.django_db(transaction=True)  # a request from outside begins by closing a connection that is in one
@pytest.mark.parametrize("alphabet", ["hex", "unicode_escape", "undefined", "utf-7"])
def test_the_office_answers_as_ever(alphabet, monkeypatch):
    monkeypatch.setattr("crm.starting.refuse_known_passwords", lambda: None)
    monkeypatch.setattr("gc.set_threshold", lambda *_many: None)  # the other tests go on as they began
    from crm.wsgi import application  # noqa: PLC0415 -- importing it opens the office

    said = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/login/",
        "QUERY_STRING": "next=%41&q=%5Cud800",
        "CONTENT_TYPE": f"text/plain; charset={alphabet}",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }

    list(application(environ, lambda status, headers, *_more: said.append(status)))

    assert said == ["200 OK"]
