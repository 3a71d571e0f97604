"""Names of files are kept as far as they neither deceive nor harm."""

from __future__ import annotations

import pytest

from workflows.engine.files.upload import MAX_NAME, safe_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Überweisung 3.pdf", "Überweisung 3.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\contract.pdf", "contract.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u2066b\u2069.pdf", "ab.pdf"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("  lots   of  space .txt ", "lots of space .txt"),
        (".htaccess", "htaccess"),
        ("a\u030a.pdf", "\u00e5.pdf"),
        ("\u0646\u200c\u0647.pdf", "\u0646\u200c\u0647.pdf"),
        ("", "file"),
        ("...", "file"),
        ("folder/", "file"),
        ("\u200b\u200d", "file"),
        ("\ud800.pdf", "pdf"),
        ('"quoted";.pdf', '"quoted";.pdf'),
    ],
)
def test_what_a_name_keeps(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


def test_a_long_name_keeps_its_end() -> None:
    assert safe_name("x" * 296 + ".pdf") == "x" * (MAX_NAME - 4) + ".pdf"
    assert len(safe_name("x" * 300)) == MAX_NAME
    assert len(safe_name("x." + "y" * 300)) == MAX_NAME
