"""The project's own cases go through every check of forms; `make test-cases` walks the others."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.cases import (
    check_generated,
    check_looks,
    check_rendering,
    check_round_trip,
    check_telling,
)
from tests.cases.reading import own_cases


@pytest.mark.slow
@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("check", [check_rendering, check_round_trip, check_telling])
def test_the_projects_own_cases_pass(check: ModuleType) -> None:
    assert check.run(own_cases()).findings == []


@pytest.mark.slow
@pytest.mark.only_on("sqlite")
def test_data_that_are_drawn_come_back_from_the_forms_of_the_projects_own_cases() -> None:
    result = check_generated.run(own_cases(), schemas=20, data=5)

    assert result.findings == []
    assert result.looked


@pytest.mark.slow
@pytest.mark.only_on("sqlite")
def test_what_is_shown_is_what_is_sent_in_the_projects_own_cases() -> None:
    assert check_looks.run(own_cases(), drawn=0).findings == []


@pytest.mark.slow
@pytest.mark.only_on("sqlite")
def test_what_is_shown_is_what_is_sent_in_drawn_forms() -> None:
    result = check_looks.run([], drawn=25)

    assert result.findings == []
    assert result.looked == 25
