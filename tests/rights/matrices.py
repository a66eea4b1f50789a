"""A matrix as a browser holds it: read from the page, ticked, and sent."""

from html.parser import HTMLParser

from rights.catalog import RIGHTS
from rights.models import Grant
from trail.models import Operation

CLIENTS = "/settings/types/client/rights/"
SUPPLIERS = "/settings/types/supplier/rights/"
EVERY = [right.code for right in RIGHTS]


class Form(HTMLParser):
    """The fields of the one form with this id, as a browser would send them."""

    def __init__(self, html, form="matrix"):
        super().__init__()
        self.wanted, self.inside, self.hidden, self.boxes = form, False, {}, {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "form":
            self.inside = facts.get("id") == self.wanted
        elif tag == "input" and (self.inside or facts.get("form") == self.wanted) and "name" in facts:
            if facts.get("type") == "checkbox":
                self.boxes[facts["name"]] = "checked" in facts
            elif facts["name"] != "csrfmiddlewaretoken":
                self.hidden.setdefault(facts["name"], []).append(facts.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False

    def tick(self, *names):
        self.boxes.update(dict.fromkeys(self._known(names), True))
        return self

    def untick(self, *names):
        self.boxes.update(dict.fromkeys(self._known(names), False))
        return self

    def _known(self, names):
        assert set(names) <= self.boxes.keys()
        return names

    @property
    def sent(self):
        return {**self.hidden, **{name: "on" for name, is_on in self.boxes.items() if is_on}}


def read(desk, address):
    """The matrix at an address."""
    answer = desk.get(address)
    assert answer.status_code == 200
    return Form(answer.content.decode())


def confirm(desk, address, form, **more):
    """Both steps: the preview, and its own form sent as it came."""
    preview = desk.post(address, form.sent | more)
    assert preview.status_code == 200, preview.content.decode()[:3000]
    asked = Form(preview.content.decode(), "ask")
    assert asked.hidden["confirmed"] == ["1"]
    return desk.post(address, asked.sent)


def held(role, code):
    rights = set(Grant.objects.filter(role=role, type__code=code).values_list("right", flat=True))
    return [each for each in EVERY if each in rights]


def changes(code):
    """What history says of the last operation: role, right, given or taken."""
    rows = Grant.history.filter(type__code=code, operation=Operation.objects.latest("pk"))
    return sorted((row.role.name, row.right, row.history_type) for row in rows.select_related("role"))
