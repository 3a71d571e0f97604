"""Days, times and moments, in the zone of whoever writes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import Browser


def schema(name: str) -> dict[str, Any]:
    return {"type": "object", "properties": {"at": {"type": "string", "format": name}}}


def read(name: str, text: str, zone: str = "Europe/Berlin", stored: str | None = None) -> Any:
    with timezone.override(zone):
        form = SchemaForm(
            schema(name), post={"d/at": text}, stored={"at": stored} if stored else None
        )
        return form.errors.get("/at") or form.data.get("at")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-07-01T09:30", "2026-07-01T09:30:00+02:00"),
        ("2026-01-01T09:30:15", "2026-01-01T09:30:15+01:00"),
        ("2026-01-01 09:30", "2026-01-01T09:30:00+01:00"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-01-01T09:30:00Z", "2026-01-01T09:30:00Z"),
    ],
)
def test_a_moment_is_stored_with_the_offset_of_the_persons_zone(text: str, value: str) -> None:
    assert read("date-time", text) == value


def test_a_time_that_the_clocks_jump_over_does_not_exist() -> None:
    [message] = read("date-time", "2026-03-29T02:30")

    assert "put forward" in message
    assert read("date-time", "2026-03-29T02:30", zone="UTC") == "2026-03-29T02:30:00+00:00"


def test_an_offset_of_long_ago_is_written_so_that_others_can_read_it() -> None:
    assert read("date-time", "1850-01-01T00:00") == "1849-12-31T23:06:32+00:00"


@pytest.mark.parametrize(
    "text",
    ["2026-02-30T10:00", "2026-01-01T25:00", "0001-01-01T00:00", "soon", "2026-01-01", "first"],
)
def test_what_is_no_moment_is_refused_and_shown_again(text: str) -> None:
    assert read("date-time", text) == ["Enter a valid date/time."]
    with timezone.override("Europe/Berlin"):
        html = SchemaForm(schema("date-time"), post={"d/at": text}).render()
    assert Browser(html).post == {"d/at": [text], "z": ["Europe/Berlin"]}


@pytest.mark.parametrize(
    "stored",
    [
        "2026-07-01T07:30:00Z",
        "2026-07-01T09:30:12.345678+02:00",
        "2026-07-01t09:30:00.5-11:00",
        "2026-07-01 09:30:00.123456789Z",
        "2026-10-25T02:30:00+01:00",
    ],
)
def test_a_moment_that_nobody_changes_stays_the_same_to_the_last_digit(stored: str) -> None:
    with timezone.override("Europe/Berlin"):
        shown = Browser(SchemaForm(schema("date-time"), stored={"at": stored}).render()).post[
            "d/at"
        ]

    assert "+" not in shown[0]
    assert read("date-time", shown[0], stored=stored) == stored


def test_a_moment_is_shown_in_the_persons_zone_and_says_which() -> None:
    with timezone.override("America/New_York"):
        html = SchemaForm(schema("date-time"), stored={"at": "2026-07-01T07:30:00Z"}).render()

    assert 'value="2026-07-01T03:30"' in html
    assert 'type="datetime-local"' in html
    assert "America/New York" in html


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("date", "2026-02-28", "2026-02-28"),
        ("date", " 2026-02-28", "2026-02-28"),
        ("date", "28.02.2026", ["Enter a valid date."]),
        ("date", "2026-02-30", ["Enter a valid date."]),
        ("time", "09:30", "09:30"),
        ("time", "09:30:15Z", "09:30:15Z"),
        ("time", "25:00", ["Enter a valid time."]),
    ],
)
def test_days_and_times_are_read_strictly(name: str, text: str, value: Any) -> None:
    assert read(name, text) == value


def test_what_a_picker_cannot_show_is_shown_as_text() -> None:
    for name, stored in (
        *(("date", "28.2.2026"), ("time", "09:30Z"), ("time", "09:30:00.1234")),
        ("date-time", "soon"),
    ):
        html = SchemaForm(schema(name), stored={"at": stored}).render()
        assert f'type="text" name="d/at" value="{stored}"' in html


def test_a_browser_may_leave_out_seconds_that_are_zero() -> None:
    assert read("time", "09:30", stored="09:30:00") == "09:30:00"
    assert (
        read("date-time", "2026-07-01T09:30:00", stored="2026-07-01T07:30Z") == "2026-07-01T07:30Z"
    )


TWICE = "2026-10-25T02:30"
FIRST, SECOND = f"{TWICE}:00+02:00", f"{TWICE}:00+01:00"


def shown(part: dict[str, Any], **given: Any) -> dict[str, list[str]]:
    """Give what the untouched page of a form posts, in Berlin."""
    with timezone.override("Europe/Berlin"):
        browser = Browser(
            SchemaForm({"type": "object", "properties": {"at": part}}, **given).render()
        )
    assert browser.problems == []
    return browser.post


@pytest.mark.parametrize(
    "default",
    [
        *(FIRST, SECOND, "2026-10-25T02:30:00.25+01:00", "2026-10-25T01:30Z"),
        *("2026-07-01T07:30:12.345678Z", "2026-07-01t07:30:12z", "2026-07-01T07:30:00.123456789Z"),
    ],
)
def test_a_default_that_nobody_touches_stays_what_it_is(default: str) -> None:
    part = {"type": "string", "format": "date-time", "default": default}
    post = shown(part)
    again = shown(part, post=post, preview=True)

    for posted in (post, again):
        with timezone.override("Asia/Tokyo"):
            form = SchemaForm({"type": "object", "properties": {"at": part}}, post=posted)
        assert form.data == {"at": default}


def test_the_default_of_a_time_keeps_its_seconds() -> None:
    part = {"type": "string", "format": "time", "default": "09:30:00"}
    form = SchemaForm({"type": "object", "properties": {"at": part}}, post={"d/at": "09:30"})

    assert form.data == {"at": "09:30:00"}


@pytest.mark.parametrize(
    ("stored", "which", "words"), [(FIRST, "first", "the first"), (SECOND, "second", "the second")]
)
def test_of_two_hours_the_one_that_is_meant_is_said_and_can_be_changed(
    stored: str, which: str, words: str
) -> None:
    part = schema("date-time")["properties"]["at"]
    with timezone.override("Europe/Berlin"):
        html = SchemaForm(schema("date-time"), stored={"at": stored}).render()

    assert f"{words} of the two is meant" in html
    assert "the first (CEST)" in html
    assert "the second (CET)" in html
    assert Browser(html).post["d/at"] == [TWICE, which]
    for chosen, value in (("first", FIRST), ("second", SECOND)):
        post = {"d/at": [TWICE, chosen], "z": "Europe/Berlin"}
        assert shown(part, post=post)["d/at"] == [TWICE, chosen]
        assert SchemaForm(schema("date-time"), stored={"at": stored}, post=post).data["at"] == value


def test_of_two_hours_that_are_typed_the_second_can_be_chosen_when_they_are_shown_again() -> None:
    part = schema("date-time")["properties"]["at"]
    typed = {"d/at": TWICE, "z": "Europe/Berlin"}

    assert SchemaForm(schema("date-time"), post=typed).data == {"at": FIRST}
    assert shown(part, post=typed)["d/at"] == [TWICE, "first"]


def test_an_old_page_does_not_say_which_of_two_hours_and_changes_nothing() -> None:
    assert read("date-time", TWICE, stored=SECOND) == SECOND
    part = schema("date-time")["properties"]["at"]
    again = shown(part, stored={"at": SECOND}, post={"d/at": TWICE})
    assert again["d/at"] == [TWICE, "second"]


@pytest.mark.parametrize("chosen", ["first", "second"])
def test_the_choice_means_nothing_for_other_hours(chosen: str) -> None:
    for text, value in (("2026-07-01T09:30", "2026-07-01T09:30:00+02:00"), ("", None)):
        post = {"d/at": [text, chosen], "z": "Europe/Berlin"}
        assert SchemaForm(schema("date-time"), post=post).data.get("at") == value
    [message] = SchemaForm(
        schema("date-time"), post={"d/at": ["2026-03-29T02:30", chosen], "z": "Europe/Berlin"}
    ).errors["/at"]
    assert "put forward" in message
