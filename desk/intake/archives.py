"""The directory of a zipped workbook, read before anything in it is unpacked."""

import re
import stat
import struct
import zipfile
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from .limits import MEGABYTE, Limits, SheetError

# A directory entry takes about a hundred bytes; a much longer directory holds more members than a workbook has.
LONGEST_ENTRY = 512
SMALL_MEMBER = 4 * MEGABYTE
LARGEST_PART = 4 * MEGABYTE
PORTION = 2**20
LONGEST_CELL = 2**18
WORKBOOK = "xl/workbook.xml"
WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*\bt=[\"']e[\"'])[^<>]*\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^<>]*>"
    rb"(?:<(?:\w+:)?f\b[^<>]*/>|<(?:\w+:)?f\b[^<>]*>[^<>]*</(?:\w+:)?f>)?<(?:\w+:)?v>([^<>]*)"
)
ERROR_TYPES = (b't="e"', b"t='e'")


def check(file, limits: Limits) -> int:
    """Refuse an archive that would unpack into too much, or into more than a workbook; tell its unpacked size."""
    _check_directory(file, limits)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_members(members, limits)
            _check_workbook(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, struct.error) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError(_damaged()) from error
    file.seek(0)
    return sum(member.file_size for member in members)


def _check_directory(file, limits: Limits) -> None:
    """The end of the file says how long the directory is; a directory of a million members is not even read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) < place + 22:
        raise SheetError(_damaged())
    count, length = struct.unpack("<HI", end[place + 10 : place + 16])
    if count > limits.members or length > limits.members * LONGEST_ENTRY:
        raise SheetError(
            _("The workbook is packed of more than %(limit)d parts; no office program writes such a file.")
            % {"limit": limits.members}
        )
    file.seek(0)


def _check_members(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [member.filename for member in members]
    if len({name.casefold() for name in names}) < len(names) or any(map(_leads_outside, members)):
        raise SheetError(_("The workbook holds parts with forbidden names; no office program writes such a file."))
    if any(member.flag_bits & 1 for member in members):
        raise SheetError(encrypted())
    unpacked = sum(member.file_size for member in members)
    steep = [m for m in members if m.file_size > SMALL_MEMBER and m.file_size > limits.ratio * m.compress_size]
    if unpacked > limits.unpacked or steep:
        raise SheetError(
            _("The workbook unpacks to %(size)d MB, which is too much to read safely (at most %(limit)d MB).")
            % {"size": unpacked // MEGABYTE, "limit": limits.unpacked // MEGABYTE}
            if unpacked > limits.unpacked
            else _("The workbook is packed suspiciously tight and is not read. Save it anew and send it again.")
        )


def _leads_outside(member: zipfile.ZipInfo) -> bool:
    steps = member.filename.replace("\\", "/").split("/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return is_link or ".." in steps or ":" in steps[0]


def _check_workbook(archive: zipfile.ZipFile) -> None:
    names = {name.replace("\\", "/").lower().lstrip("/") for name in archive.namelist()}
    if not names.intersection(WORKBOOKS):
        # A workbook may call its parts anything, as long as its content types say so.
        parts = _part(archive, "[Content_Types].xml")
        if b"spreadsheetml" not in parts and b"ms-excel" not in parts:
            raise SheetError(
                _("The file is an archive, but no workbook is in it. Save the sheet as .xlsx and send that.")
            )
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise SheetError(encrypted())


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(LARGEST_PART)


def errors(file, sheet: str) -> dict[int, dict[int, str]]:
    """The failed formulas of one sheet: row → place → #N/A. The fast reader shows them as empty cells."""
    found: dict[int, dict[int, str]] = {}
    try:
        with zipfile.ZipFile(file) as archive:
            member = _member_of(archive, sheet)
            if member:
                with archive.open(member) as part:
                    _find_errors(part, found)
    except (ParseError, DefusedXmlException, UnicodeDecodeError) as error:
        raise SheetError(_damaged()) from error
    except zipfile.BadZipFile as error:
        # A member that holds more than its directory entry says ends here, too.
        raise SheetError(_damaged()) from error
    return found


def _find_errors(part, found: dict[int, dict[int, str]]) -> None:
    rest = b""
    while portion := part.read(PORTION):
        text = rest + portion
        end = text.rfind(b"</") + 1
        if any(sort in text for sort in ERROR_TYPES):
            for match in ERROR_CELL.finditer(text, 0, end or len(text)):
                letters, number, error = match.groups()
                found.setdefault(int(number), {})[_place(letters)] = error.decode("utf-8", "replace")
        # A cell may be cut by the end of a portion; a second look at it finds the same.
        start = max(text.rfind(b"<c ", 0, end), len(text) - LONGEST_CELL)
        rest = text[start:]


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Which part holds the sheet of this name; None where the workbook is no ordinary .xlsx."""
    book = _part(archive, WORKBOOK)
    relations = _part(archive, "xl/_rels/workbook.xml.rels")
    if not book or not relations:
        return None
    targets = {one.get("Id"): one.get("Target", "") for one in ElementTree.fromstring(relations)}
    for element in ElementTree.fromstring(book).iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            id = next((value for key, value in element.items() if key.endswith("}id")), None)
            target = targets.get(id, "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return member if member in archive.namelist() else None
    return None


def _damaged() -> str:
    return _("The workbook is damaged. Open it in your office program, save it anew and send it again.")


def encrypted() -> str:
    return _("The workbook is protected by a password. Save it without one and send it again.")
