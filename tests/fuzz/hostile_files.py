"""Files that nobody means well with, sent beside the fields of a form."""

from __future__ import annotations

from random import Random
from typing import Final

from tests.fuzz import hostile
from tests.fuzz.posts import Post

FIELDS: Final = ("/one", "/photo", "/many", "/many/n1", "/rows/0/scan", "/rows/n1/scan", "")
NAMES: Final = (
    *("a.pdf", "a.PNG", "", ".", "..", ".htaccess", "../../etc/passwd", "C:\\x\\a.exe", "con.txt"),
    *("a" * 5_000 + ".pdf", "\u202egpj.exe", "a\x00.pdf", "<img src=x>.svg", 'a"; x="y', "%00.png"),
    *("a;b=c.pdf", "\u2603.pdf", "a.pdf\r\nX-Evil: 1", "\udcff.png", " . "),
)
TYPES: Final = (
    *("application/pdf", "image/png", "text/html", "", "image/svg+xml", "x", "/", "a/b; charset="),
    *("multipart/form-data; boundary=b", "text/plain; charset=nonsense", "image/*", "\x00/\x00"),
)
PNG: Final = b"\x89PNG\r\n\x1a\n"
CONTENTS: Final = (
    *(b"", b"\x00", b"%PDF-1.7\n%%EOF", b"%PDF-", PNG, PNG + b"<script>alert(1)</script>"),
    *(b"GIF89a/*<svg onload=alert(1)>*/", b"<!doctype html><script>1</script>", b"MZ\x90\x00"),
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><svg>&b;</svg>",
    *(b"PK\x03\x04" + b"\x00" * 60, b"\xff\xd8\xff" + b"\xff" * 4_000, b"\xef\xbb\xbf\xff\xfe"),
    *(b"--fuzz-7f3a--\r\n", b"a" * 11_000_000),
)
MOST_FILES: Final = 4
LARGE: Final = 1_000_000
OFTEN_LARGE: Final = 0.02


def body_with_files(random: Random, post: Post) -> tuple[bytes, str]:
    """Give a post with some files beside it, and what it says that it is."""
    boundary = "fuzz-7f3a"
    parts = [
        _part(boundary, _disposition(name), _bytes(text))
        for name, texts in post.items()
        for text in texts
    ]
    for _file in range(random.randint(1, MOST_FILES)):
        parts.insert(random.randrange(len(parts) + 1), _file_part(random, post, boundary))
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def _file_part(random: Random, post: Post, boundary: str) -> bytes:
    way = random.choice(FIELDS) if random.random() < 0.7 else hostile.way(random, list(post))
    head = _disposition(f"u{way}") + b'; filename="' + _bytes(random.choice(NAMES)) + b'"'
    head += b"\r\nContent-Type: " + _bytes(random.choice(TYPES))
    content = random.choice(CONTENTS)
    if len(content) > LARGE and random.random() > OFTEN_LARGE:
        content = random.randbytes(random.randint(1, 4_000))
    return _part(boundary, head, content)


def _disposition(name: str) -> bytes:
    return b'Content-Disposition: form-data; name="' + _bytes(name) + b'"'


def _part(boundary: str, head: bytes, content: bytes) -> bytes:
    return b"--" + boundary.encode() + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
