"""Markdown that may quote what strangers typed."""

from __future__ import annotations

import re

import pytest

from tasks_ui.templatetags.markdown import markdown


def test_texts_are_formatted() -> None:
    html = markdown("Check the **receipt**:\n\n- date\n- amount\n\n| a | b |\n|---|---|\n| 1 | 2 |")

    assert "<strong>receipt</strong>" in html
    assert "<li>date</li>" in html
    assert "<td>1</td>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://evil.example/pixel.png)",
        '<a href="https://x.example" style="color:red" onclick="alert(1)">x</a>',
        "# A heading that looks like ours",
    ],
)
def test_nothing_that_can_do_harm_is_left(text: str) -> None:
    tags = " ".join(re.findall(r"<[^>]*>", markdown(text)))

    for harm in (
        "<script",
        "<img",
        'href="javascript',
        'href="data',
        "<h1",
        " style=",
        " onclick=",
    ):
        assert harm not in tags


def test_links_tell_the_other_site_nothing() -> None:
    assert 'rel="noopener noreferrer nofollow"' in markdown("[x](https://example.org/)")
