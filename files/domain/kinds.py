"""What sorts of files the office takes, told by their content and never by their name."""

import io
import zipfile

import filetype

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")

#: content type → the endings a name of it may have; the first is given when it has none of them.
DOCUMENTS = {
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/vnd.oasis.opendocument.presentation": (".odp",),
    "application/rtf": (".rtf",),
    "text/plain": (".txt", ".csv", ".tsv", ".xml", ".json", ".eml", ".md"),
}

#: What the parts of an Office file lie in.
OFFICE_FOLDERS = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}
BY_ENDING = {endings[0]: content_type for content_type, endings in DOCUMENTS.items()}
#: Programs hidden in documents.
MACROS = "vbaproject.bin"
#: A text that a browser would run is not taken for a text.
WEB_PAGES = ("<!doctype html", "<html", "<svg", "<script", "<?xml-stylesheet")


def sniffed(content: bytes) -> str | None:
    """The content type of a file the office takes, or None."""
    guess = filetype.guess_mime(content)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if guess in PICTURES or guess in DOCUMENTS:
        return guess
    if guess is None and _is_text(content):
        return "text/plain"
    return None


def _packed(content: bytes) -> str | None:
    """Office files are zips; which one, and whether at all, their list of contents tells. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 100:
                said = packed.read("mimetype").decode("ascii", "replace").strip()
                return said if said in DOCUMENTS else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith(MACROS) for name in names):
        return None
    endings = [ending for folder, ending in OFFICE_FOLDERS.items() if any(name.startswith(folder) for name in names)]
    return BY_ENDING[endings[0]] if len(endings) == 1 else None


def _is_text(content: bytes) -> bool:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return False
    if any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text):
        return False
    return not any(mark in text.lower() for mark in WEB_PAGES)
