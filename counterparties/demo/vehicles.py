"""Pictures of the demo office's vehicles, drawn on the spot: what a selectable picture is chosen among."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from characteristics.models import Element
from files.domain.intake import take

INK, GLASS, WHEEL = "#3c4450", "#cfe3f2", "#2b3038"


def draw() -> None:
    """Each vehicle of the nomenclature that has no picture yet gets its own; the caller holds the operation."""
    for element in Element.objects.filter(nomenclature__code="vehicle", picture=None, code__in=LOADS):
        element.picture = take(_picture(element.code))
        element.save()


def _picture(code: str) -> ContentFile:
    drawn = Image.new("RGBA", (192, 192), (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    LOADS[code](pen)
    pen.polygon([(128, 92), (158, 92), (178, 118), (178, 142), (128, 142)], fill="#e2a33b", outline=INK, width=3)
    pen.polygon([(140, 98), (155, 98), (168, 116), (140, 116)], fill=GLASS)
    for middle in (44, 88, 152):
        pen.ellipse((middle - 15, 130, middle + 15, 160), fill=WHEEL)
        pen.ellipse((middle - 5, 140, middle + 5, 150), fill="#aab2bd")
    written = io.BytesIO()
    drawn.save(written, "PNG")
    return ContentFile(written.getvalue(), name=f"{code}.png")


def _van(pen: Any) -> None:
    pen.rounded_rectangle((34, 92, 132, 142), 8, fill="#e2a33b", outline=INK, width=3)


def _truck(pen: Any) -> None:
    pen.rectangle((12, 62, 122, 142), fill="#8fb0c9", outline=INK, width=3)


def _tanker(pen: Any) -> None:
    pen.rounded_rectangle((10, 76, 122, 132), 28, fill="#c9ced6", outline=INK, width=3)
    pen.rectangle((12, 130, 122, 142), fill=INK)


def _refrigerated(pen: Any) -> None:
    pen.rectangle((12, 62, 122, 142), fill="#eaf3fa", outline=INK, width=3)
    for line in ((67, 76, 67, 128), (44, 89, 90, 115), (90, 89, 44, 115)):
        pen.line(line, fill="#3f88c5", width=5)


#: What each of them carries; the driver's cabin is the same.
LOADS = {"van": _van, "truck": _truck, "tanker": _tanker, "refrigerated-truck": _refrigerated}
