"""Which decisions need nothing but their button."""

from __future__ import annotations

from typing import Any

import pytest

from workflows import BaseHumanStep, Outcome, Outcomes, WorkflowDefinition
from workflows.engine.definitions.snapshot import describe_definition
from workflows.engine.queries.one_click import quick_answers
from workflows.models import HumanTask, StoredDefinition, WorkflowInstance

DECISION = {"decision": {"type": "string", "enum": ["yes", "no"]}}


def task_of(**attributes: Any) -> HumanTask:
    """Give a task of a step with these attributes; nothing is stored."""
    step = type("Asks", (BaseHumanStep,), attributes)()
    definition = WorkflowDefinition(
        name="asks",
        version="1.0.0",
        description="",
        steps={"ask": step},
        edges=[],
        initial_step="ask",
        terminal_steps={"ask"},
    )
    stored = StoredDefinition(content=describe_definition(definition).content)
    return HumanTask(instance=WorkflowInstance(definition=stored), step="ask")


def schema(required: tuple[str, ...] = ("decision",), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": DECISION | properties, "required": list(required)}


def test_a_button_submits_its_value_and_what_other_fields_have_by_default() -> None:
    task = task_of(form_schema=schema(score={"type": "integer", "default": 3}))

    assert [(one.label, one.data, one.why_not) for one in quick_answers(task)] == [
        ("Yes", {"decision": "yes", "score": 3}, ""),
        ("No", {"decision": "no", "score": 3}, ""),
    ]


def test_an_acknowledgement_has_one_answer_and_a_form_to_fill_in_has_none() -> None:
    assert [one.key for one in quick_answers(task_of())] == ["done"]

    text = {"type": "object", "properties": {"words": {"type": "string"}}}
    assert quick_answers(task_of(form_schema=text)) == []


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"form_schema": schema(("decision", "words"), words={"type": "string"})}, "filled in"),
        ({"form_schema": schema(), "high_risk": True}, "high-risk"),
        ({"high_risk": True}, "high-risk"),
        (
            {
                "form_schema": schema(),
                "outcomes": Outcomes("decision", (Outcome("no", "No", requires_reason=True),)),
            },
            "needs a reason",
        ),
    ],
)
def test_what_needs_more_than_the_button_says_so(attributes: dict[str, Any], words: str) -> None:
    assert all(words in one.why_not for one in quick_answers(task_of(**attributes)))


def test_buttons_are_alike_where_they_say_and_submit_the_same() -> None:
    yes, no = quick_answers(task_of(form_schema=schema()))
    other = quick_answers(task_of(form_schema=schema(words={"type": "string"})))[0]

    assert yes.key == other.key != no.key
