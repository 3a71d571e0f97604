"""Four thousand hostile posts break no form; `make fuzz` sends two hundred thousand."""

from __future__ import annotations

import pytest

from tests.fuzz import hostile, pages, trying
from tests.fuzz.posts import Post
from tests.fuzz.running import failures_of, told
from tests.fuzz.schemas import OWN
from tests.fuzz.trying import smallest, trouble_of_post, trouble_with
from workflows.schemas import validate

SEED = 4
PARTS = 4
PART = 975
TO_PAGES = 100


# No form needs a database: each of the two has half of them.
DATABASES = [pytest.mark.only_on("sqlite"), pytest.mark.only_on("postgresql")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=DATABASES[part % 2]) for part in range(PARTS)]
)
def test_no_post_breaks_a_form(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Here no machine may be too slow; `make fuzz` allows a second.
    monkeypatch.setattr(trying, "SECONDS", 15.0)
    numbers = range(part * PART, (part + 1) * PART)

    assert list(failures_of(SEED, numbers, quick=True)) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_no_post_breaks_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "SECONDS", 15.0)

    assert list(pages.failures_of(SEED, range(TO_PAGES))) == []


def test_what_breaks_is_found_and_made_small() -> None:
    post: Post = {name: ["x", "break" * 3, "y"] for name in ("a", "b", "c", "d", "e")}

    def breaks(post: Post) -> bool:
        return any("break" in text for text in post.get("c", []))

    assert smallest(post, breaks) == {"c": ["break"]}
    assert told({"a": ["x" * 100] * 7}) == f"'a': [{', '.join([repr('x' * 80)] * 6)}] (7 texts)"


def test_exceptions_and_answers_that_are_wrong_are_troubles() -> None:
    def fail() -> str:
        raise ValueError("broken")

    assert trouble_with(fail).startswith("ValueError('broken') at test_posts.py:")
    assert trouble_with(lambda: "wrong") == "wrong"
    assert trouble_with(lambda: "") == ""
    assert trouble_of_post(OWN[0], {"d/name": [hostile.TEXTS[0]]}, looked_at=True) == ""


def test_what_is_stored_in_the_schemas_fits_them() -> None:
    stored = [target for target in OWN if target.stored is not None]

    assert [target.name for target in stored if validate(target.schema, target.stored)] == []
