"""`check` for definitions: each fault is found, named and has a number."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks

from tests.workflows.asking import FORM, Ask
from tests.workflows.definitions import Do, Note, graph, sequence
from workflows import (
    BaseGateway,
    BaseMachineStep,
    ConditionalGroup,
    Edge,
    ParallelGroup,
    SequentialGroup,
    Step,
    StepType,
    WebhookStep,
    WorkflowContext,
    WorkflowDefinition,
)
from workflows.checks import check_definitions
from workflows.definition.validation import find_problems
from workflows.testing import registered


class Gateway(BaseGateway):
    """Goes to b."""

    def evaluate(self, context: WorkflowContext) -> str:
        """Name b."""
        return "b"


class NotATimer(Step):
    """Says it is a timer and is none."""

    step_type = StepType.TIMER


class Guessable(WebhookStep):
    """Has a token that anybody can guess."""

    def get_callback_token(self, context: WorkflowContext) -> str:
        """Give it."""
        return "guess"


class NoPlace(Note):
    max_concurrency = 0


def one(step: Any, **more: Any) -> WorkflowDefinition:
    """Make a workflow of one step."""
    return WorkflowDefinition(name="faulty", steps={"a": step}, **more)


ELSEWHERE = {"properties": {"x": {"$ref": "http://x.test/"}}}
FAULTS = [
    ("E001", WorkflowDefinition(name="", steps={"a": Note()}), "name"),
    ("E001", WorkflowDefinition(name="x", version="", steps={"a": Note()}), "version"),
    ("E002", WorkflowDefinition(name="x", steps={}), "no steps"),
    ("E003", WorkflowDefinition(name="x", steps={"a/b": Note()}), "'a/b'"),
    ("E004", one(Note), "not a Step object"),
    ("E004", one(SequentialGroup(Note(), 7)), "'a/int'"),  # type: ignore[arg-type]
    ("E005", one(NotATimer()), "TimerStep"),
    ("E006", one(BaseMachineStep()), "execute()"),
    ("E007", one(ParallelGroup(Gateway())), "ConditionalGroup"),
    ("E008", one(ParallelGroup(Note(), callback=Ask())), "callback"),
    ("E009", one(ParallelGroup()), "no steps"),
    ("E009", one(ParallelGroup(ParallelGroup.for_each("[]", ParallelGroup()))), "no steps"),
    ("E022", one(NoPlace()), "give 1 or more"),
    ("E014", one(ParallelGroup.for_each("context.get(", Note())), "The items of a"),
    ("E014", one(ParallelGroup.for_each(7, Note())), "neither"),  # type: ignore[arg-type]
    ("E014", one(ParallelGroup.for_each("[]", Note(), label="{name")), "The label of a"),
    ("E014", one(ParallelGroup.for_each("[]", Note(), label=7)), "no text"),  # type: ignore[arg-type]
    ("E010", one(Note(), initial_step="b"), "'b'"),
    ("E011", one(Note(), terminal_steps={"b"}), "'b'"),
    ("E012", one(Note(), edges=[Edge("a", "b")]), "'b'"),
    ("E013", one(Note(), edges=[Edge("a", "a")], terminal_steps={"a"}), "a → a"),
    ("E014", graph(Edge("a", "b", condition="context.get(")), "a → b"),
    ("E014", graph(Edge("a", "b", condition=7)), "neither"),  # type: ignore[arg-type]
    ("E014", one(ConditionalGroup("__import__('os')", {"x": Note()})), "a"),
    ("E015", graph(Edge("a", "b"), c=Note()), "'c'"),
    ("E016", graph(Edge("a", "b"), Edge("b", "a")), "'a'"),
    (
        "E017",
        graph(Edge("s", "a"), Edge("s", "b"), Edge("a", "b"), Edge("b", "a"), Edge("b", "e")),
        "more than one step",
    ),
    ("E018", one(Note(), start_schema={"type": "nonsense"}), "start_schema"),
    (
        "E018",
        one(Ask(form_schema={"properties": {"x": {"$ref": "http://x.test/"}}})),
        "form_schema",
    ),
    ("E019", one(Ask(form_schema=FORM, timeout_outcome={"decision": "maybe"})), "timeout_outcome"),
]


@pytest.mark.parametrize(("code", "definition", "words"), FAULTS)
def test_each_fault_has_its_number_and_is_named(
    code: str, definition: WorkflowDefinition, words: str
) -> None:
    problems = find_problems(definition)
    assert code in [problem.code for problem in problems], problems
    assert any(words in problem.text + problem.hint for problem in problems if problem.code == code)


def test_a_sound_definition_has_no_problems() -> None:
    loop = graph(
        Edge("a", "b"),
        Edge("b", "a", condition=lambda context: context.get("again")),
        Edge("b", "c"),
        b=ParallelGroup(Note(), SequentialGroup(Note(), Ask()), callback=Do()),
    )
    assert find_problems(loop) == ()


def test_check_tells_of_faulty_registered_and_risky_definitions() -> None:
    broken = one(Note(), edges=[Edge("a", "nowhere")])
    risky = sequence(Guessable(), name="risky")
    doubtful = graph(Edge("a", "b", condition="True"), a=Gateway(), name="doubtful")
    twice = sequence(Note(), name="risky")

    with registered(broken, risky, doubtful, twice):
        messages = check_definitions(None)

    found = {(message.id, message.msg.split(":")[0]) for message in messages}
    assert {
        ("workflows.E012", "Workflow faulty 1"),
        ("workflows.W001", "Workflow risky 1"),
        ("workflows.W002", "Workflow doubtful 1"),
    } <= found
    assert any(message.id == "workflows.E020" for message in messages)


def test_the_projects_own_workflows_pass_all_checks(db: None) -> None:
    assert [message for message in run_checks() if str(message.id).startswith("workflows.")] == []
