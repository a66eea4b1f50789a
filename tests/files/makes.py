"""Files made on the spot, good and evil."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7 contract"


def png(color="navy", size=(40, 20)):
    written = io.BytesIO()
    Image.new("RGB", size, color).save(written, "PNG")
    return written.getvalue()


def picture(name="front.png", color="navy"):
    return SimpleUploadedFile(name, png(color))


def paper(name="offer.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def packed(**members):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return written.getvalue()


def bomb(width, height):
    """A PNG that says it is huge and holds next to nothing."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def files_on(shelf):
    """Everything that lies on the disk, by its path."""
    return sorted(str(path.relative_to(shelf)) for path in shelf.rglob("*") if path.is_file()) if shelf.exists() else []
