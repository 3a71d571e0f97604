"""Every link of the documentation leads to a file of the project, and to a heading in it."""

from __future__ import annotations

import pytest

from tests.docs.blocks import ROOT
from tests.docs.pages import PAGES, anchors_of, links_of


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_of_the_project(page: str) -> None:
    lost = [
        str(link)
        for link in links_of(page)
        if not (link.path.exists() and link.path.is_relative_to(ROOT))
    ]

    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_every_anchor_is_a_heading(page: str) -> None:
    lost = [
        str(link)
        for link in links_of(page)
        if link.anchor and link.path.suffix == ".md" and link.anchor not in anchors_of(link.path)
    ]

    assert lost == []


def test_links_are_found() -> None:
    assert {str(link) for link in links_of("README.md")} >= {
        "docs/pictures/inbox-light.png",
        "docs/tutorial.md",
        "docs/decisions/",
    }
    assert {"two-commands", "where-to-read-on"} <= anchors_of(ROOT / "README.md")
