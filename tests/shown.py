"""Reading what a list page shows, as its reader would."""

import io
import re
import zipfile

NAME = re.compile(r'<td class="name cut"[^>]*><a href="([^"]+)">([^<]*)</a>')


def links(response):
    """(address, name) of each row, in the order of the list."""
    return NAME.findall(response.content.decode())


def names(response):
    return [name for _address, name in links(response)]


def panel(shown):
    """The fields of every filter by its label."""
    return {label: fields for section in shown.context["filter_sections"] for label, fields in section.groups}


def notes(response):
    """What the page tells it did not understand."""
    found = re.findall(r'<div class="notice warn".*?</div></div>', response.content.decode(), re.S)
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", each)).strip() for each in found]


def body_of(response):
    """All the reader gets, as text; a workbook unpacked."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")
