"""What the reference of files shows does what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from tasks_ui.schema_form import SchemaForm
from tests.docs.blocks import blocks_of
from tests.workflows.definitions import Note, sequence
from tests.workflows.files import PDF, upload
from workflows import engine
from workflows.exceptions import FileRefused
from workflows.models import Attachment
from workflows.signals import attachment_received
from workflows.testing import drain, registered

FORM, STEP, START, SCANNER = (block.text for block in blocks_of("docs/reference/files.md"))


@pytest.fixture
def page() -> Iterator[dict[str, Any]]:
    """Give the names that the blocks define; what they leave to the reader is filled in."""
    names: dict[str, Any] = {"count_pages": len, "is_infected": lambda content: b"virus" in content}
    for block in (FORM, STEP, SCANNER):
        exec(block, names)  # noqa: S102 - the page's own blocks
    yield names
    attachment_received.disconnect(names["scan"])


def test_the_form_asks_for_files(page: dict[str, Any]) -> None:
    html = SchemaForm(page["form_schema"]).render()

    assert 'accept=".pdf,.docx"' in html


def test_the_step_reads_what_was_sent(page: dict[str, Any], ana: User) -> None:
    names = page | {"engine": engine, "user": ana, "file": upload(), "form_token": "form"}
    with registered(sequence(page["CountPages"](), Note(), name="contracts")):
        exec(START, names)  # noqa: S102 - the page's own block
        drain()

    row = Attachment.objects.get()
    assert row.instance is not None
    ended = row.instance.executions.get(path="a")
    assert ended.result == len(PDF)


def test_the_scanner_keeps_files_out(page: dict[str, Any], ana: User) -> None:
    with pytest.raises(FileRefused, match="not safe"):
        engine.park(ana, "form", upload(b"a virus", "a.txt"))
    assert page
