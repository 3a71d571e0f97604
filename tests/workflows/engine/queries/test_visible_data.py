"""What pages show of a task: its form, and the data in people's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from tests.workflows.asking import Ask
from tests.workflows.definitions import gone, sequence
from workflows import engine
from workflows.engine import queries
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]
START = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "title": "What was it for?"},
        "category": {"type": "string", "enum": ["t", "m"], "enumNames": ["Travel", "Meals"]},
        "level": {"oneOf": [{"const": 1, "title": "Low"}, {"const": 2, "title": "High"}]},
        "salary": {"type": "integer"},
    },
}
DATA = {"title": "Train", "category": "t", "level": 2, "salary": 9, "unknown": 1}


def test_a_workflow_says_what_is_shown_and_in_which_order(run: Run, ana: User, ben: User) -> None:
    definition = sequence(
        Ask("ben"), start_schema=START, visible_data=["level", "title", "nothing"]
    )
    run(definition, user=ana, initial_data=DATA)

    assert [*queries.visible_data(queries.whole_tasks().get(), ben).items()] == [
        ("level", 2),
        ("title", "Train"),
    ]


def test_the_first_form_that_asks_for_something_says_what_it_is(run: Run, ben: User) -> None:
    asked = {"properties": {"title": {}, "note": {"title": "Why?"}}}
    again: dict[str, Any] = {"type": "object", "$ref": "#/$defs/it", "$defs": {"it": asked}}
    run(sequence(Ask("ben", form_schema=again), start_schema=START), initial_data=DATA)
    definition = WorkflowInstance.objects.get().definition

    forms = queries.forms_of_data(definition, ["title", "note", "unknown"])

    asked_by = {name: form.schema for form in forms for name in form.names}
    assert asked_by == {"title": START, "note": again}


def test_a_form_whose_schema_is_refused_says_nothing(run: Run, ben: User) -> None:
    code = sequence(Ask("ben"), start_schema=START)
    run(code, initial_data=DATA)
    definition = WorkflowInstance.objects.get().definition
    definition.content["start_schema"] = {"properties": {"title": 5}}

    with gone(code):
        assert queries.forms_of_data(definition, ["title"]) == []


def test_a_step_may_show_less_than_its_workflow(run: Run, ben: User) -> None:
    definition = sequence(Ask("ben", visible_data=["title"]), start_schema=START)
    run(definition, initial_data=DATA)
    assert queries.visible_data(queries.whole_tasks().get(), ben) == {"title": "Train"}


def test_strangers_are_shown_nothing_and_administrators_everything(
    run: Run, ana: User, ben: User, cleo: User, admin: User
) -> None:
    definition = sequence(Ask("ben"), start_schema=START, visible_data=["title"])
    run(definition, user=ana, initial_data=DATA)
    instance = WorkflowInstance.objects.get()

    assert queries.visible_data(instance, cleo) == {}
    assert queries.visible_data(instance, ana) == {"title": "Train"}
    assert queries.visible_data(instance, admin).items() >= {"salary": 9, "unknown": 1}.items()


def test_the_form_has_its_outcomes_with_keys_and_tones(run: Run, ben: User) -> None:
    run(sequence(Ask("ben")))
    form = queries.task_form(queries.whole_tasks().get())

    assert form.outcome_field == "decision"
    assert [(one.value, one.label, one.tone) for one in form.outcomes] == [
        ("approve", "Approve", "good"),
        ("reject", "Reject", "bad"),
    ]
    assert form.by_key['"reject"'].value == "reject"


def test_a_lone_boolean_is_the_decision(run: Run, ben: User) -> None:
    boolean = {"type": "object", "properties": {"ok": {"type": "boolean"}}}
    run(sequence(Ask("ben", form_schema=boolean)))
    form = queries.task_form(queries.whole_tasks().get())
    assert (form.outcome_field, [one.value for one in form.outcomes]) == ("ok", [True, False])

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"ok": False})
    drain()
    assert HumanTask.objects.get().outcome_label == "Reject"
