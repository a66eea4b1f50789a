"""The only way to a stored file or picture."""

import logging
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from desk import text
from desk.pages.acts import open_to_guests
from files.domain import pictures
from files.domain.reading import is_fetched_in_person, may_read
from files.models import StoredFile

log = logging.getLogger(__name__)

#: Sides of the thumbnails there are; what is asked for is rounded up.
SIZES = (48, 96, 192, 480)
#: What a browser may show by itself: everything we keep as one of these was drawn by ourselves. A PDF is not among
#: them, because browsers refuse to show one in the sandbox that every file is served in.
SHOWN = tuple(pictures.CONTENT_TYPES.values())


@open_to_guests
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file, to whoever may read what it hangs on."""
    stored = get_object_or_404(StoredFile.objects.select_related("counterparty"), pk=pk)
    if not may_read(stored, request.decision):
        raise Http404
    if getattr(request, "looking", None) and is_fetched_in_person(stored, request.decision):
        raise Http404
    side = _side(request.GET.get("size", "")) if stored.content_type in SHOWN else None
    tag = f'"{stored.sha256}-{side or "whole"}"'
    # A proxy that packs the answer makes the tag a weak one; it is the same file.
    known = {each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))}
    if tag in known:
        return _guarded(HttpResponseNotModified(), tag)
    try:
        return _guarded(_thumbnail(stored, side) if side else _whole(stored), tag)
    except (FileNotFoundError, pictures.Damaged) as gone:
        log.error("The file %s is missing or damaged: %s", stored.pk, gone)
        raise Http404 from None


def _side(asked: str) -> int | None:
    """The thumbnail that is large enough, or None: the whole picture."""
    wanted = text.number(asked)
    return next((size for size in SIZES if size >= wanted), None) if wanted else None


def _whole(stored: StoredFile) -> FileResponse:
    opened = default_storage.open(stored.storage_name)
    as_attachment = stored.content_type not in SHOWN
    return FileResponse(opened, as_attachment=as_attachment, filename=stored.name, content_type=stored.content_type)


def _thumbnail(stored: StoredFile, side: int) -> HttpResponse:
    """Drawn at the first asking, then kept beside the picture."""
    name = f"{stored.storage_name}.{side}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return HttpResponse(kept.read(), content_type="image/png")
    with default_storage.open(stored.storage_name) as whole:
        small = pictures.thumbnail(whole.read(), side)
    try:
        written = default_storage.save(name, ContentFile(small))
        if written != name:
            # Somebody else drew it at the same moment.
            default_storage.delete(written)
    except OSError as full:
        # It is shown all the same and drawn again the next time.
        log.error("The thumbnail %s cannot be kept: %s", name, full)
    return HttpResponse(small, content_type="image/png")


def _guarded(response: Any, tag: str) -> Any:
    """Whatever a file holds, it runs nothing, is taken for nothing else, and is asked for again by everybody anew."""
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
