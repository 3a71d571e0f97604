"""What the reference of forms names is shown by an example, and what it shows does what it says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tasks_ui.gallery import examples
from tests.docs.blocks import ROOT, blocks_of

PAGE = "docs/reference/forms.md"
TEXT = (ROOT / PAGE).read_text(encoding="utf-8")


def named(section: str) -> list[str]:
    """Give what the first column of a section's table names."""
    table = TEXT.split(f"## {section}\n")[1].split("\n## ")[0]
    rows: list[str] = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(.+?)`", row)]


KEYWORDS, HINTS = named("Keywords"), named("The look")


@pytest.mark.parametrize("keyword", [*KEYWORDS, *HINTS])
def test_an_example_shows_each_keyword(keyword: str) -> None:
    assert any(keyword in example.keywords for example in examples().values())


def test_the_tables_name_most_of_what_examples_use() -> None:
    assert len(KEYWORDS) > 80
    assert len(HINTS) > 10


def test_a_form_without_types_is_among_the_examples() -> None:
    assert "type" not in examples()["opening"].schema["properties"]["extras"]


def test_the_blocks_do_what_they_say() -> None:
    names: dict[str, Any] = {}
    for block in blocks_of(PAGE):
        exec(block.text, names)  # noqa: S102 - the page's own blocks

    assert names["form"].is_valid()
