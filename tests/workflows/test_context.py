"""The context: copies out, JSON in, nothing shared."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from workflows.context import StepRecord, WorkflowContext
from workflows.exceptions import BadValue, UnknownStep


def context(**data: object) -> WorkflowContext:
    """Make a context over some data."""
    return WorkflowContext(workflow_id="w", instance_id="i", data=data, metadata={"by": ["mail"]})


def test_what_is_got_is_a_copy() -> None:
    seen = context(items=[1])
    seen.get("items").append(2)
    assert seen.get("items") == [1]
    assert seen.get("missing", "default") == "default"


def test_what_is_set_is_got_back_as_json() -> None:
    seen = context()
    seen.set("day", date(2026, 11, 22))
    seen.set("id", UUID(int=1))
    assert seen.get("day") == "2026-11-22"
    assert seen.writes == {"day": "2026-11-22", "id": "00000000-0000-0000-0000-000000000001"}


def test_none_that_was_set_is_not_missing() -> None:
    seen = context(a=1)
    seen.set("a", None)
    assert seen.get("a", "default") is None


@pytest.mark.parametrize("value", [object(), float("inf"), "\x00", ["\udfff"], {"a": {1, 2}}])
def test_what_is_not_json_is_refused_by_name(value: object) -> None:
    with pytest.raises(BadValue, match="'odd'"):
        context().set("odd", value)


def test_what_contains_itself_is_refused() -> None:
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(BadValue):
        context().set("circle", circle)


def test_a_key_is_text() -> None:
    with pytest.raises(TypeError):
        context().set(7, "x")  # type: ignore[arg-type]


def test_data_and_metadata_are_read_only() -> None:
    seen = context(a=1)
    with pytest.raises(TypeError):
        seen.data["a"] = 2  # type: ignore[index]
    with pytest.raises(TypeError):
        seen.metadata["by"] = "hand"  # type: ignore[index]
    seen.metadata["by"].append("phone")
    assert seen.metadata["by"] == ["mail"]


def test_the_last_finished_visit_gives_a_steps_result() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    records = [
        StepRecord(step="a", visit=1, status="succeeded", result=1, finished_at=at),
        StepRecord(step="a", visit=2, status="succeeded", result=2, finished_at=at),
        StepRecord(step="a", visit=3, status="running"),
    ]
    seen = WorkflowContext(workflow_id="w", instance_id="i", history=lambda: records)
    assert seen.result_of("a") == 2
    assert seen.result_of("b", "none") == "none"
    assert seen.step_history == records


def test_without_webhooks_there_is_no_address() -> None:
    with pytest.raises(UnknownStep):
        context().webhook_url("call")
