"""A form keeps the zone of its page, whatever has become of its person's settings since."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tasks_ui.schema_form import SchemaForm
from tasks_ui.submissions.typed import as_post
from tests.tasks_ui.schema_form.browser import Browser

AT: dict[str, Any] = {
    "type": "object",
    "properties": {"at": {"type": "string", "format": "date-time"}},
}
LIVE: dict[str, Any] = {
    "type": "object",
    "properties": {"often": {"type": "boolean"}},
    "if": {"properties": {"often": {"const": True}}, "required": ["often"]},
    "then": AT,
}
TYPED = {"d/at": ["2026-07-01T17:00"], "z": ["Asia/Tokyo"]}
SAME = {"d/at": ["2026-07-01T10:00"], "z": ["Europe/Berlin"]}


def form(schema: Any = AT, **given: Any) -> SchemaForm:
    """Give a form for somebody who is in Berlin now."""
    with timezone.override("Europe/Berlin"):
        return SchemaForm(schema, **given)


def page(schema: Any = AT, **given: Any) -> dict[str, list[str]]:
    """Give what its untouched page posts."""
    with timezone.override("Europe/Berlin"):
        return Browser(SchemaForm(schema, **given).render()).post


def test_moments_are_read_in_the_zone_of_the_page() -> None:
    assert form(post=TYPED).data == {"at": "2026-07-01T17:00:00+09:00"}


def test_the_zone_goes_with_every_form_that_asks_for_a_moment() -> None:
    assert page() == {"d/at": [""], "z": ["Europe/Berlin"]}
    assert page({"type": "object", "properties": {"at": {"type": "string"}}}) == {"d/at": [""]}


def test_a_page_without_a_zone_is_read_where_the_person_is() -> None:
    assert form(post={"d/at": "2026-07-01T17:00"}).data == {"at": "2026-07-01T17:00:00+02:00"}


@pytest.mark.parametrize("preview", [True, False])
def test_a_page_that_is_answered_stays_in_its_zone(preview: bool) -> None:
    html = form(post=TYPED, preview=preview).render()

    assert "Asia/Tokyo" in html
    assert Browser(html).post == TYPED


def test_what_was_kept_is_shown_as_the_same_moment_where_the_person_is() -> None:
    assert page(post=as_post(TYPED), preview=True) == SAME


def test_what_no_zone_was_said_of_stays_as_it_was_typed() -> None:
    kept = as_post({"d/at": ["2026-07-01T17:00"]})

    assert page(post=kept, preview=True)["d/at"] == ["2026-07-01T17:00"]


@pytest.mark.parametrize("text", ["2026-07-01", "soon"])
def test_a_kept_form_that_cannot_be_read_stays_in_its_zone(text: str) -> None:
    two = {"type": "object", "properties": {**AT["properties"], "to": AT["properties"]["at"]}}
    kept = {**TYPED, "d/to": [text]}

    assert page(two, post=as_post(kept), preview=True) == kept


def test_a_kept_moment_that_is_not_shown_now_stays_in_its_zone() -> None:
    kept = {**TYPED, "d/often": ["false"]}

    posted = page(LIVE, post=as_post(kept), preview=True)

    assert (posted["d/at"], posted["z"]) == (TYPED["d/at"], TYPED["z"])
    shown = form(LIVE, post={**posted, "d/often": ["false", "true"]})
    assert shown.data == {"often": True, "at": "2026-07-01T17:00:00+09:00"}


@pytest.mark.parametrize(
    "name",
    ["Moon/Base", "../../etc/passwd", "x" * 5000, "\x00", "posixrules", "UTC+9", "é", "America"],
)
def test_a_zone_that_nobody_knows_is_refused_in_words(name: str) -> None:
    refused = form(post={**TYPED, "z": name})

    assert not refused.is_valid()
    assert refused.errors == {
        "": ["The time zone of this form is not known. Look at its times, and send it again."]
    }
    with timezone.override("Europe/Berlin"):
        again = Browser(refused.render()).post
    assert again["z"] == ["Europe/Berlin"]
