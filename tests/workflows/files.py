"""Files to send in tests: small, but what they say they are."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


def upload(
    content: bytes = PDF, name: str = "contract.pdf", claimed: str = "application/pdf"
) -> SimpleUploadedFile:
    """Give a file as a browser sends it; `claimed` is the sender's word for its type."""
    return SimpleUploadedFile(name, content, claimed)
