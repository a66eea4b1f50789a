"""Broken, hostile and foreign files at the box for sheets: each is refused with a sentence, and nothing is kept."""

import html
import io
import re
import zipfile

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.models import Import
from files.models import StoredFile
from tests.desk.test_intake import book, with_part
from trail.models import Operation


def corner():
    """One value in the farthest corner of a sheet."""
    made = openpyxl.Workbook()
    made.active["A1"], made.active["XFD1048576"] = "a", 1
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def archive():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("letter.txt", "hello")
    return packed.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What is brought → a word of the sentence that refuses it.
BAD = {
    "no sheet was chosen": (None, "Choose a sheet first."),
    "empty": (b"", "empty"),
    "blank": (b"\n\n , \n", "The sheet is empty."),
    "cut off": (b"PK\x03\x04broken", "damaged"),
    "old and damaged": (OLD + b"\0" * 600, "older than Excel 97"),
    "locked": (OLD + "EncryptedPackage".encode("utf-16-le") * 9, "protected by a password"),
    "a letter": (b"%PDF-1.7\n", "is no sheet"),
    "a page": (b"<html><table></table></html>", "is no sheet"),
    "compressed": (b"\x1f\x8b\x08\x00", "is compressed"),
    "no text": (b"a,b\n1,\x00\x01\n", "no text"),
    "an archive": (archive(), "no workbook is in it"),
    "a bomb": (with_part(book(["a"]), "xl/media/x.xml", b"x" * 12 * 2**20), "suspiciously tight"),
    "leads outside": (with_part(book(["a"]), "../../evil", b"x"), "forbidden names"),
    "a link": (with_part(book(["a"]), "xl/link", b"/etc/passwd", mode=0o120777), "forbidden names"),
    "one far corner": (corner(), "too much memory"),
    "a million blank rows": (b"a\n" + b"\n" * 1_100_000, "more than 200000 rows"),
    "too many columns": (",".join(f"c{each}" for each in range(600)).encode() + b"\n1\n", "600 columns"),
    "a quotation mark left open": (b'a,b\n"x,1\n' + b"y,2\n" * 40_000, "quotation mark"),
}


def test_every_bad_file_is_refused_with_a_sentence_and_nothing_of_it_stays(client, anna):
    client.force_login(anna)
    client.raise_request_exception = False
    before, found = Operation.objects.count(), {}
    for name, (content, _words) in BAD.items():
        sent = {} if content is None else {"file": SimpleUploadedFile("clients.xlsx", content)}
        answer = client.post("/imports/", sent)
        wrong = re.search(r'class="wrong".*?<li>(.*?)</li>', answer.content.decode(), re.S)
        found[name] = (answer.status_code, html.unescape(wrong[1]) if wrong else "")

    assert {name: (status, BAD[name][1] in said) for name, (status, said) in found.items()} == dict.fromkeys(
        BAD, (422, True)
    )
    assert (Import.objects.count(), StoredFile.objects.count(), Operation.objects.count()) == (0, 0, before)
