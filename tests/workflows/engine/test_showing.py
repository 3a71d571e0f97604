"""What pages show of a task: its form, and the data in people's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from tests.workflows.asking import Ask
from tests.workflows.definitions import sequence
from workflows import engine
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


def shown(of: Any, user: User) -> dict[str, Any]:
    """Give the visible data by label."""
    return {field.label: field.value for field in engine.visible_data(of, user)}


def test_values_are_shown_in_the_words_of_the_form(run: Run, ana: User, ben: User) -> None:
    definition = sequence(
        Ask("ben"), start_schema=START, visible_data=["title", "category", "level"]
    )
    run(definition, user=ana, initial_data=DATA)

    assert shown(engine.whole_tasks().get(), ben) == {
        "What was it for?": "Train",
        "Category": "Travel",
        "Level": "High",
    }


def test_a_step_may_show_less_than_its_workflow(run: Run, ben: User) -> None:
    definition = sequence(Ask("ben", visible_data=["title"]), start_schema=START)
    run(definition, initial_data=DATA)
    assert list(shown(engine.whole_tasks().get(), ben)) == ["What was it for?"]


def test_strangers_are_shown_nothing_and_administrators_everything(
    run: Run, ana: User, ben: User, cleo: User, admin: User
) -> None:
    definition = sequence(Ask("ben"), start_schema=START, visible_data=["title"])
    run(definition, user=ana, initial_data=DATA)
    instance = WorkflowInstance.objects.get()

    assert shown(instance, cleo) == {}
    assert list(shown(instance, ana)) == ["What was it for?"]
    assert set(shown(instance, admin)) >= {"Salary", "Unknown"}


def test_the_form_has_its_outcomes_with_keys_and_tones(run: Run, ben: User) -> None:
    run(sequence(Ask("ben")))
    form = engine.task_form(engine.whole_tasks().get())

    assert form.outcome_field == "decision"
    assert [(one.value, one.label, one.tone) for one in form.outcomes] == [
        ("approve", "Approve", "good"),
        ("reject", "Reject", "bad"),
    ]
    assert form.by_key["1"].value == "reject"


def test_a_lone_boolean_is_the_decision(run: Run, ben: User) -> None:
    boolean = {"type": "object", "properties": {"ok": {"type": "boolean"}}}
    run(sequence(Ask("ben", form_schema=boolean)))
    form = engine.task_form(engine.whole_tasks().get())
    assert (form.outcome_field, [one.value for one in form.outcomes]) == ("ok", [True, False])

    engine.complete_human_task(HumanTask.objects.get(), user=ben, data={"ok": False})
    drain()
    assert HumanTask.objects.get().outcome_label == "Reject"
