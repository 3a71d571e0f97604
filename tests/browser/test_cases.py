"""Some of the project's own cases in a real browser; `make test-cases` opens sixty of all."""

from __future__ import annotations

import hashlib
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.cases.check_in_browser import looked_at
from tests.cases.reading import Case, own_cases

FEW: Final = 2


def few() -> list[Case]:
    """Give some of them, always the same."""
    return sorted(own_cases(), key=lambda case: hashlib.sha256(case.name.encode()).digest())[:FEW]


@pytest.mark.parametrize("case", few(), ids=lambda case: str(case.name))
def test_axe_finds_nothing_in_the_projects_own_forms(browser: Browser, case: Case) -> None:
    assert list(looked_at(browser, case)) == []
