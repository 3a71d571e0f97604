"""What kind of file this is, by its bytes, and whether it is one that somebody asked for.

The name of a file only tells kinds of text apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

UNKNOWN: Final = "application/octet-stream"
HEAD: Final = 8_192
TAIL: Final = 65_536
"""Bytes at the end that are looked at: a ZIP archive lists there what it contains."""

SIGNATURES: Final = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"ID3", "audio/mpeg"),
    *((0, b"\xff" + bytes([second]), "audio/mpeg") for second in (0xFB, 0xFA, 0xF3, 0xF2)),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (257, b"ustar", "application/x-tar"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-elf"),
)
ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
IN_ZIP: Final = (
    (b"word/document.xml", f"{OFFICE}wordprocessingml.document"),
    (b"xl/workbook.", f"{OFFICE}spreadsheetml.sheet"),
    (b"ppt/presentation.xml", f"{OFFICE}presentationml.presentation"),
)
SELF_NAMED: Final = re.compile(
    rb"mimetype(application/(?:vnd\.oasis\.opendocument\.[a-z-]{4,30}|epub\+zip))"
)
"""What OpenDocument and EPUB have as the first entry of their archive."""
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
COMPOUND_TYPES: Final = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "msg": "application/vnd.ms-outlook",
}
TEXTS: Final = {
    "csv": "text/csv",
    "ics": "text/calendar",
    "json": "application/json",
    "md": "text/markdown",
    "tsv": "text/tab-separated-values",
    "vcf": "text/vcard",
    "yaml": "application/yaml",
    "yml": "application/yaml",
}
"""What text may be that browsers run nothing of."""
WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""How text of two bytes a character begins."""
MARKUP: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--(?:(?!-->).)*-->\s*)*<(\?xml|svg|!doctype|html|head|body|script|iframe|meta)",
    re.IGNORECASE | re.DOTALL,
)
CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b")


def media_type(head: bytes, tail: bytes, name: str) -> str:
    """Give the type of a file.

    Args:
        head: its first HEAD bytes, or all of them.
        tail: its last TAIL bytes, or all of them.
        name: what the sender calls it.
    """
    suffix = name.rpartition(".")[2].lower()
    if head.startswith(ZIP_STARTS):
        return _zipped(head, tail)
    if head.startswith(COMPOUND):
        return COMPOUND_TYPES.get(suffix, "application/x-ole-storage")
    for offset, signature, found in SIGNATURES:
        if head.startswith(signature, offset):
            return found
    return _text(head, suffix) if _is_text(head) else UNKNOWN


def _zipped(head: bytes, tail: bytes) -> str:
    named = SELF_NAMED.search(head, 0, 150)
    if named is not None:
        return named[1].decode("ascii")
    for entry, found in IN_ZIP:
        if entry in head or entry in tail:
            return found
    return "application/zip"


def _text(head: bytes, suffix: str) -> str:
    markup = MARKUP.match(head)
    if markup is None:
        return TEXTS.get(suffix, "text/plain")
    if re.search(rb"<svg[\s>]", head, re.IGNORECASE):
        return "image/svg+xml"
    return "application/xml" if markup[1].lower() == b"?xml" else "text/html"


def _is_text(head: bytes) -> bool:
    """Whether it holds no control characters, in whatever encoding the other bytes are."""
    return bool(head) and (head.startswith(WIDE) or CONTROLS.isdisjoint(head))


EVERYTHING: Final = frozenset({"*", "*/*", UNKNOWN})
TEXT: Final = "text/plain"
ZIP: Final = "application/zip"
OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
WORD, SHEET, SLIDES = (found for _entry, found in IN_ZIP)

ENDINGS: Final = {
    **TEXTS,
    **COMPOUND_TYPES,
    "7z": "application/x-7z-compressed",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "docx": WORD,
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "gz": "application/gzip",
    "heic": "image/heic",
    "htm": "text/html",
    "html": "text/html",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": f"{OPEN_DOCUMENT}presentation",
    "ods": f"{OPEN_DOCUMENT}spreadsheet",
    "odt": f"{OPEN_DOCUMENT}text",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": SLIDES,
    "rtf": "application/rtf",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "txt": TEXT,
    "wav": "audio/wav",
    "webp": "image/webp",
    "xlsx": SHEET,
    "xml": "application/xml",
    "zip": ZIP,
}
"""What the endings of names promise; of others nothing is known, and the name alone counts."""


def accepts_file(media_type: str, name: str, accept: Sequence[str]) -> bool:
    """Whether a file of this type and name is accepted; an empty list accepts everything."""
    return not accept or any(_is(media_type, name.lower(), one.strip().lower()) for one in accept)


def _is(media_type: str, name: str, wanted: str) -> bool:
    if wanted in EVERYTHING:
        return True
    if wanted.startswith("."):
        promised = ENDINGS.get(wanted[1:])
        return name.endswith(wanted) and (promised is None or _can_be(media_type, promised))
    if wanted.endswith("/*"):
        return media_type.startswith(wanted[:-1])
    return _can_be(media_type, wanted)


def _can_be(found: str, wanted: str) -> bool:
    """Whether content that was found to be one type may be the other, which says more."""
    if found == TEXT:
        return wanted in TEXTS.values() or (wanted.startswith("text/") and wanted != "text/html")
    if found == ZIP:
        return wanted.startswith((OFFICE, OPEN_DOCUMENT)) or wanted in {ZIP, "application/x-zip"}
    if found == "application/x-ole-storage":
        return wanted in COMPOUND_TYPES.values()
    return found == wanted or (wanted, found) in {("text/xml", "application/xml")}
