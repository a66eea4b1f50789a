"""Forms as a browser holds them, filled in by somebody who writes the same word everywhere and confirms everything."""

from html.parser import HTMLParser

#: What is written into a field of this name, whatever stands there; into the others nothing.
ALWAYS = {
    "name": "Walked", "title": "Walked", "text": "Walked", "reason": "Walked", "city": "Walked", "line1": "1 Walk",
    "comment": "Walked", "subject": "Walked", "c-motto": "Walked", "company_name": "Walked", "first_name": "Walked",
    "note": "Walked", "job": "Walked", "email": "walked@example.org", "definition": "Walked", "since": "2026-01-02",
    "until": "2026-03-04", "elements": "Walked",
}  # fmt: skip
#: And only where nothing stands.
WHEN_EMPTY = {"code": "walked", "number": "W-1", "username": "walked", "member": "ZQXWJ-990001"}
#: Boxes that are ticked, and options that are chosen.
TICKED = {
    "types": "client",
    "roles": None,
    "required": None,
    "is_pinned": None,
    "login_allowed": None,
    "characteristics": "spare",
}
CHOSEN = {"audience": "roles", "type_code": "text"}
#: Of these the first there is.
FIRST = ("person", "member", "characteristics")
#: What was asked for by number of a telephone or a register would not be taken as the estate has it.
EMPTIED = ("phone", "mobile", "registration_number", "vat_number", "website", "office_phone")
NO_FORMS = ("/language/", "/logout/", "/settings/rights/look/stop/")


class Forms(HTMLParser):
    """Every form of a page that is sent by POST: its action, and its fields with their values."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.here, self.select, self.area = {}, None, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "form":
            self.here = facts.get("id") or f"form-{len(self.forms)}"
            is_post = facts.get("method", "").lower() == "post" and facts.get("action") not in NO_FORMS
            self.forms[self.here] = {"action": facts.get("action", ""), "fields": [], "is_post": is_post}
            return
        form = self.forms.get(facts.get("form", self.here))
        if form is None or "disabled" in facts or (tag != "option" and not facts.get("name")):
            return
        if tag == "input":
            form["fields"].append(
                [facts["name"], facts.get("type", "text"), facts.get("value", ""), "checked" in facts]
            )
        elif tag == "select":
            self.select = []
            form["fields"].append([facts["name"], "select", self.select, "multiple" in facts])
        elif tag == "option" and self.select is not None:
            self.select.append((facts.get("value", ""), "selected" in facts))
        elif tag == "textarea":
            self.area = [facts["name"], "textarea", "", False]
            form["fields"].append(self.area)

    def handle_endtag(self, tag):
        if tag == "form":
            self.here = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area is not None:
            self.area[2] += data

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    @property
    def largest(self):
        """The form the page is about; None when it has none."""
        sent = [form for form in self.forms.values() if form["is_post"]]
        return max(sent, key=lambda form: len(form["fields"]), default=None)


def filled(form, paper):
    """What a browser sends of it: as it stands, but for the words that are written everywhere."""
    sent, turned = {}, False
    for name, sort, value, is_on in form["fields"]:
        word = name.rsplit("-", 1)[-1] if name.startswith(("company-", "delivery-")) else name
        if sort in ("checkbox", "radio"):
            is_on = _ticked(name, sort, value, is_on)
            if name.startswith("grant-") and not turned and not is_on:
                is_on = turned = True
            chosen = [value or "on"] if is_on else []
        elif sort == "select":
            chosen = _chosen(name, value, is_on)
        elif sort == "file":
            chosen = [paper()] if name in ("file", "files") else []
        elif sort in ("submit", "button", "reset", "image") or name == "csrfmiddlewaretoken":
            continue
        elif sort == "hidden":
            chosen = [value]
        else:
            chosen = [_said(name, word, value)]
        sent.setdefault(name, []).extend(chosen)
    return {name: values for name, values in sent.items() if values}


def _ticked(name, sort, value, is_on):
    if sort == "radio":
        return value == CHOSEN[name] if name in CHOSEN else is_on
    return is_on or (name in TICKED and TICKED[name] in (None, value))


def _chosen(name, options, is_multiple):
    selected = [value for value, is_selected in options if is_selected]
    if name in CHOSEN:
        return [CHOSEN[name]]
    if name in FIRST and not any(selected):
        return [value for value, _is_selected in options if value][:1]
    if selected or is_multiple:
        return selected
    return [options[0][0]] if options else []


def _said(name, word, value):
    if name in ALWAYS or word in ALWAYS:
        return ALWAYS.get(name) or ALWAYS[word]
    if name in EMPTIED:
        return ""
    return value or WHEN_EMPTY.get(name, "")
