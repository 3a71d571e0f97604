"""Whether a file is of a kind that somebody asked for: `image/*`, `application/pdf`, `.docx`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workflows.values.sniffing import COMPOUND_TYPES, IN_ZIP, OFFICE, TEXTS, UNKNOWN

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
