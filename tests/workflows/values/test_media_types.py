"""What a file is is found in its content; its name cannot lie about that."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.workflows.files import PDF, PNG
from workflows.values.media_types import HEAD, TAIL, accepts_file, media_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def type_of(content: bytes, name: str = "file") -> str:
    return media_type(content[:HEAD], content[-TAIL:], name)


def archive(**entries: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, text in entries.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (PDF, "picture.png", "application/pdf"),
        (PNG, "a.pdf", "image/png"),
        (b"RIFF1234WEBPVP8 ", "a", "image/webp"),
        (b"MZ\x90\x00\x03", "invoice.pdf", "application/vnd.microsoft.portable-executable"),
        (archive(word__document_xml="x"), "a", DOCX),
        (archive(_rels="x", padding="x" * 9_000, xl__workbook_xml="x"), "a", XLSX),
        (archive(mimetype="application/epub+zip"), "a", "application/epub+zip"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "a.zip",
         "application/vnd.oasis.opendocument.text"),
        (archive(mimetype="application/x\r\nX-Evil: 1"), "a.odt", "application/zip"),
        (archive(other="x"), "a.docx", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.xls", "application/vnd.ms-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.pdf", "application/x-ole-storage"),
        ("a;b\nä;c".encode("cp1252"), "a.csv", "text/csv"),
        ("a,b\n".encode("utf-16"), "a.csv", "text/csv"),
        (b"hello", "a.exe", "text/plain"),
        (b'{"a": 1}', "a.json", "application/json"),
        (b"<!-- x --><svg onload='x()'>", "a.png", "image/svg+xml"),
        (b"<?xml version='1.0'?>\n<svg xmlns='x'>", "a.txt", "image/svg+xml"),
        (b"<?xml version='1.0'?><a/>", "a.txt", "application/xml"),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "a.txt", "text/html"),
        (b"see <html> and <svg>", "a.txt", "text/plain"),
        (b"a\x00b", "a.txt", "application/octet-stream"),
        (b"", "a.txt", "application/octet-stream"),
    ],
)  # fmt: skip
def test_the_content_says_what_a_file_is(content: bytes, name: str, found: str) -> None:
    assert type_of(content, name) == found


def test_comments_without_end_cost_no_time() -> None:
    assert type_of(b"<!---->" * 1_000 + b"x") == "text/plain"


@pytest.mark.parametrize(
    ("found", "name", "accept"),
    [
        ("application/pdf", "a.pdf", ()),
        ("application/pdf", "a.pdf", (".PDF",)),
        ("image/png", "a", ("application/pdf", "image/*")),
        ("image/jpeg", "a.jpeg", (".jpg", ".jpeg")),
        ("text/plain", "a.txt", ("text/csv",)),
        ("application/zip", "a.docx", (".docx",)),
        ("application/octet-stream", "plan.dwg", (".dwg",)),
        ("application/pdf", "a", ("application/octet-stream",)),
        ("application/xml", "a.xml", ("text/xml",)),
    ],
)
def test_a_kind_that_was_asked_for_is_taken(found: str, name: str, accept: tuple[str, ...]) -> None:
    assert accepts_file(found, name, accept)


@pytest.mark.parametrize(
    ("found", "name", "accept"),
    [
        ("text/html", "a.pdf", (".pdf",)),
        ("application/zip", "a.pdf", (".pdf",)),
        ("application/octet-stream", "a.pdf", (".pdf", "application/pdf")),
        ("application/pdf", "a.exe", (".pdf",)),
        ("text/html", "a.txt", ("text/plain", "text/csv")),
        ("image/svg+xml", "a.png", ("image/png",)),
    ],
)
def test_a_name_does_not_make_another_kind_of_it(
    found: str, name: str, accept: tuple[str, ...]
) -> None:
    assert not accepts_file(found, name, accept)
