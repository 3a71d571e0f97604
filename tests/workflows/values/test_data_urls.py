"""Files as text: data URLs, and references that look like them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from workflows.values.data_urls import FileReference, decode, is_data_url, references

ID = UUID("0190c3f1-0000-7000-8000-000000000001")
REFERENCE = FileReference(ID, "Überweisung; 1, final.pdf", "application/pdf", 1234)


@pytest.mark.parametrize(
    "text",
    [
        "data:,",
        "data:text/plain,hello",
        "data:text/plain;charset=utf-8,a%20b",
        "data:image/png;base64,iVBORw0KGgo=",
        "data:image/png;name=a%20b.png;base64,iVBORw0KGgo%3D",
        "DATA:image/svg+xml;base64,",
    ],
)
def test_a_data_url_is_recognised(text: str) -> None:
    assert is_data_url(text)


@pytest.mark.parametrize(
    "text",
    ["", "data:", "data:text/plain", "http://x/", "data:a b/c,x", "data:x/y;base64,%%%", "data:,ü"],
)
def test_other_text_is_none(text: str) -> None:
    assert not is_data_url(text)


def test_what_a_data_url_contains_is_read() -> None:
    found = decode("data:image/png;name=a%20b.png;base64,aGVsbG8=")

    assert found is not None
    assert (found.media_type, found.name, found.content) == ("image/png", "a b.png", b"hello")


@pytest.mark.parametrize("text", ["data:x/y;base64,abc", "hello", "data:x/y;base64,a"])
def test_what_cannot_be_decoded_is_nothing(text: str) -> None:
    assert decode(text) is None


def test_a_reference_is_a_data_url_that_is_read_back() -> None:
    assert is_data_url(REFERENCE.text)
    assert REFERENCE.text.startswith("data:application/pdf;name=")
    assert FileReference.of(REFERENCE.text) == REFERENCE


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "data:application/pdf;base64,",
        REFERENCE.text.replace("1234", "01234"),
        REFERENCE.text.replace(str(ID), str(ID).upper()),
        REFERENCE.text.replace(str(ID), "nobody"),
        REFERENCE.text.replace("size", "weight"),
        f"{REFERENCE.text}aGVsbG8=",
        f" {REFERENCE.text}",
    ],
)
def test_what_is_not_written_exactly_like_a_reference_is_none(value: Any) -> None:
    assert FileReference.of(value) is None


def test_references_are_found_wherever_they_are() -> None:
    data = {"a/b": [{"file": REFERENCE.text}, "text"], "c": REFERENCE.text, "d": 1}

    assert dict(references(data)) == {"/a~1b/0/file": REFERENCE, "/c": REFERENCE}


def test_depth_is_no_matter() -> None:
    data: Any = REFERENCE.text
    for _ in range(5_000):
        data = [data]

    assert [found for _pointer, found in references(data)] == [REFERENCE]
