"""Reading what a list page shows, as its reader would."""

import re

NAME = re.compile(r'<td class="name cut"[^>]*><a href="([^"]+)">([^<]*)</a>')


def links(response):
    """(address, name) of each row, in the order of the list."""
    return NAME.findall(response.content.decode())


def names(response):
    return [name for _address, name in links(response)]


def notes(response):
    """What the page tells it did not understand."""
    found = re.findall(r'<div class="notice warn".*?</div></div>', response.content.decode(), re.S)
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", each)).strip() for each in found]
