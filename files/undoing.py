"""Why files themselves are not taken back."""

from django.utils.translation import gettext_lazy as _

from files.models import StoredFile
from trail.domain.undoing.registry import Undoing, undoings


@undoings.register
class Files(Undoing):
    code, position, model = "files.StoredFile", 920, StoredFile
    never = _("A file stays stored; what points at it is taken back.")
