"""How forms are drawn: as Django draws them, but a plain box without two templates for it and its attributes."""

from typing import Any

from django.forms.renderers import DjangoTemplates

from desk.widgets import escaped

#: What Django's own template ``input.html`` draws.
KINDS = ("text", "search", "number", "email", "url", "tel", "password", "hidden", "date", "time", "checkbox", "file")
BOXES = frozenset(f"django/forms/widgets/{kind}.html" for kind in KINDS)


class Renderer(DjangoTemplates):
    """A card has forty boxes and a panel of filters fifteen: each took 0.25 ms by its templates."""

    def render(self, template_name: str, context: Any, request: Any = None) -> Any:
        if template_name in BOXES:
            return _box(context["widget"])
        return super().render(template_name, context, request)


def _box(widget: dict[str, Any]) -> str:
    """Letter by letter as Django's templates write it."""
    value = "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'
    attributes = "".join(
        f" {escaped(name)}" if said is True else f' {escaped(name)}="{escaped(said)}"'
        for name, said in widget["attrs"].items()
        if said is not False
    )
    return f'<input type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"{value}{attributes}>'
