"""What happened leads on to the import it came by."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from exchange.pages.imports import mine
from trail.models import Operation
from trail.pages.operation import ways


@ways.register
class ToImport:
    """To whoever may see that import."""

    code, position = "import", 10

    def ways(self, operation: Operation, request: HttpRequest) -> list[tuple[str, str]]:
        if operation.kind != "import":
            return []
        return [(_("The import"), each.get_absolute_url()) for each in mine(request).filter(operation=operation)[:1]]
