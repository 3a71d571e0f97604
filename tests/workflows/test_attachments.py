"""Steps read files with one function, whatever stands for them in the data."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.workflows.files import PDF, upload
from workflows import engine
from workflows.attachments import is_attachment, open_attachment
from workflows.exceptions import UnknownAttachment

INLINE = "data:text/csv;name=a%20b.csv;base64,YTti"


def test_a_stored_file_is_opened(ana: User) -> None:
    value = engine.park(ana, "form", upload()).reference.text

    with open_attachment(value) as file:
        assert (file.name, file.content_type, file.size) == (
            "contract.pdf",
            "application/pdf",
            len(PDF),
        )
        assert file.read() == PDF
    assert is_attachment(value)


def test_a_data_url_with_content_is_opened() -> None:
    with open_attachment(INLINE) as file:
        assert (file.name, file.content_type, file.size) == ("a b.csv", "text/csv", 3)
        assert file.read() == b"a;b"
    assert is_attachment(INLINE)
    assert open_attachment("data:,x").name == "file"


@pytest.mark.parametrize("value", [None, "", "hello", 7, ["data:,x"]])
def test_what_is_no_file_says_so(value: Any) -> None:
    assert not is_attachment(value)
    with pytest.raises(UnknownAttachment):
        open_attachment(value)


def test_a_file_that_is_gone_says_so(ana: User) -> None:
    row = engine.park(ana, "form", upload())
    value = row.reference.text
    row.delete()

    with pytest.raises(UnknownAttachment):
        open_attachment(value)
