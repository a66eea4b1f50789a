"""The one door through which files come in."""

import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files.domain import intake, pictures
from files.domain.intake import leaving_nothing_behind, take
from files.models import StoredFile
from tests.factories import make_counterparty
from trail.domain.operations import operation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def files_on(shelf):
    return [path for path in shelf.rglob("*") if path.is_file()] if shelf.exists() else []


def drawn(form="PNG", size=(20, 10), **facts):
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, form, **facts)
    return written.getvalue()


def packed(**members):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def office_file(*names):
    return packed(**{"[Content_Types].xml": "<Types/>", **dict.fromkeys(names, "x")})


def bring(content, name="paper.pdf", **facts):
    return take(SimpleUploadedFile(name, content), **facts)


def open_kept(stored):
    with default_storage.open(stored.storage_name) as kept:
        return Image.open(io.BytesIO(kept.read()))


def test_a_document_is_kept_as_it_came_under_a_name_of_ours(shelf):
    content = b"%PDF-1.7 contract"

    stored = bring(content, "Договор 2026.pdf")

    assert stored.name == "Договор 2026.pdf"
    assert stored.content_type == "application/pdf"
    assert stored.size == len(content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.storage_name.startswith(f"{stored.sha256[:2]}/{stored.sha256[2:4]}/")
    assert "pdf" not in stored.storage_name
    assert (shelf / stored.storage_name).read_bytes() == content


def test_the_same_paper_of_two_counterparties_is_two_files(office):
    one, other = (bring(b"%PDF-1.7 x", counterparty=make_counterparty()) for _ in range(2))

    assert one.storage_name != other.storage_name


def test_an_empty_file_is_refused(shelf):
    with pytest.raises(ValidationError, match="empty"):
        bring(b"")

    assert files_on(shelf) == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("said", [None, 3])
def test_a_file_over_the_limit_is_refused_whatever_the_browser_says_of_it(settings, shelf, said):
    settings.MAX_UPLOAD_MB = 1
    upload = SimpleUploadedFile("paper.pdf", b"%PDF" + b"x" * 1024 * 1024)
    upload.size = said if said is not None else upload.size

    with pytest.raises(ValidationError, match="larger than 1 megabyte"):
        take(upload)

    assert files_on(shelf) == []


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"%PDF-1.4 x", "application/pdf"),
        (office_file("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office_file("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
        ("Здравейте\nfrom the office".encode(), "text/plain"),
        ("Здравейте".encode("cp1251"), "text/plain"),
        (b"name;city\nDanube;Ruse\n", "text/plain"),
    ],
)
def test_a_file_is_known_by_its_content(content, content_type):
    assert bring(content, "whatever.exe").content_type == content_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program",
        b"\x7fELF\x02\x01",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        packed(**{"evil.js": "x"}),
        packed(mimetype="text/html"),
        office_file("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 no zip at all",
        b"text with a \x00 in it",
        bytes(range(256)),
    ],
)
def test_what_the_office_does_not_take_is_refused_with_what_it_takes(content, shelf):
    with pytest.raises(ValidationError, match="PDF, Word, Excel"):
        bring(content, "innocent.pdf")

    assert files_on(shelf) == []


def test_a_picture_is_asked_for_where_only_pictures_stand():
    with pytest.raises(ValidationError, match="Choose a picture"):
        bring(b"%PDF-1.7", "logo.png", pictures_only=True)


@pytest.mark.parametrize(
    ("form", "content_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_pictures_of_four_sorts_are_taken(form, content_type):
    stored = bring(drawn(form), "logo", pictures_only=True)

    assert stored.content_type == content_type
    assert stored.name == {"image/png": "logo.png", "image/jpeg": "logo.jpg", "image/webp": "logo.webp"}[content_type]
    assert open_kept(stored).size == (20, 10)


@pytest.mark.parametrize("form", ["BMP", "TIFF", "ICO", "PPM", "TGA", "SGI"])
def test_other_pictures_are_refused(form):
    with pytest.raises(ValidationError):
        bring(drawn(form, (16, 16)), "logo.png", pictures_only=True)


def test_a_photo_stands_upright_and_forgets_where_it_was_taken():
    facts = Image.Exif()
    facts[0x0112] = 6  # turned by a quarter
    facts[0x010F] = "Camera of Stefka"
    facts.get_ifd(0x8825)[1] = "N"

    stored = bring(drawn("JPEG", (40, 20), exif=facts.tobytes(), comment=b"ZQXWJcomment"), "photo.jpg")

    kept = open_kept(stored)
    assert kept.size == (20, 40)
    assert dict(kept.getexif()) == {}
    with default_storage.open(stored.storage_name) as raw:
        content = raw.read()
    assert b"Stefka" not in content
    assert b"ZQXWJcomment" not in content


def test_nothing_behind_the_picture_is_kept():
    stored = bring(drawn() + b"<script>alert(1)</script>", "logo.png")

    with default_storage.open(stored.storage_name) as kept:
        assert b"<script>" not in kept.read()


def test_a_see_through_picture_stays_so():
    written = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")

    assert open_kept(bring(written.getvalue(), "logo.png")).mode == "RGBA"


def test_an_animation_becomes_its_first_picture():
    written = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])

    kept = open_kept(bring(written.getvalue(), "logo.gif"))

    assert getattr(kept, "n_frames", 1) == 1
    assert kept.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def bomb(width, height):
    """A PNG that says it is huge and holds next to nothing."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(5001, 5000), (13_000, 13_000), (100_000, 100_000)])
def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(size, shelf):
    with pytest.raises(ValidationError, match="25 million points"):
        bring(bomb(*size), "logo.png")

    assert files_on(shelf) == []


@pytest.mark.parametrize("content", [drawn()[:40], drawn("JPEG")[:200], b"\x89PNG\r\n\x1a\n" + b"x" * 50])
def test_a_damaged_picture_is_refused_with_a_sentence(content):
    with pytest.raises(ValidationError, match="damaged"):
        bring(content, "logo.png")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\papers\\Договор.pdf", "Договор.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("fdp\u202e.exe", "fdp.exe.pdf"),
        ("phpinfo.jpg.php", "phpinfo.jpg.php.pdf"),
        ("con.txt", "_con.txt.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("😀.pdf", "😀.pdf"),
        ("REPORT.PDF", "REPORT.PDF"),
        ('<"quoted">.pdf', "__quoted__.pdf"),
    ],
)
def test_the_name_is_kept_for_the_reader_without_its_tricks(name, kept):
    assert intake.kept_name(name, (".pdf",)) == kept


@pytest.mark.parametrize("sign", ["a", "ж", "😀"])
def test_a_long_name_is_cut_before_its_ending(sign):
    kept = intake.kept_name(sign * 400 + ".pdf", (".pdf",))

    assert kept.endswith(f"{sign}.pdf")
    assert len(kept.encode()) <= 255


def test_no_file_is_left_without_its_row(shelf, monkeypatch):
    def fails(self, *args, **kwargs):
        raise RuntimeError("the database is away")

    monkeypatch.setattr(StoredFile, "save", fails)

    with pytest.raises(RuntimeError):
        bring(b"%PDF-1.7")

    assert files_on(shelf) == []


def test_an_act_that_fails_later_takes_its_files_back(shelf):
    with pytest.raises(RuntimeError), leaving_nothing_behind(), operation("card", by=None):  # noqa: PT012
        bring(b"%PDF-1.7")
        raise RuntimeError("the card was refused")

    assert files_on(shelf) == []
    assert not StoredFile.objects.exists()


def test_an_act_that_succeeds_keeps_them(shelf):
    with leaving_nothing_behind(), operation("card", by=None):
        stored = bring(b"%PDF-1.7")

    assert [path.name for path in files_on(shelf)] == [stored.storage_name.rsplit("/", 1)[-1]]


def test_a_thumbnail_fits_into_its_square():
    small = Image.open(io.BytesIO(pictures.thumbnail(drawn("JPEG", (400, 200)), 96)))

    assert small.size == (96, 48)
