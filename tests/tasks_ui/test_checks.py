"""`manage.py check` reads the hints of every registered form."""

from __future__ import annotations

from tasks_ui.checks import check_looks
from tests.workflows.asking import FORM, Ask
from tests.workflows.definitions import sequence
from workflows.testing import registered


def test_check_names_workflow_place_and_what_was_meant() -> None:
    schema = {"properties": {"pin": {"type": "string"}}}
    step = Ask("ben", form_schema=FORM, ui_schema={"coment": {"ui:widget": "textarea"}})
    workflow = sequence(
        step, start_schema=schema, start_ui_schema={"pin": {"ui:widget": "pasword"}}
    )
    with registered(workflow):
        found = [one for one in check_looks(None) if str(one.id).startswith("tasks_ui.")]

    error, warning = found
    assert (error.id, error.is_serious()) == ("tasks_ui.E001", True)
    assert error.msg == (
        f"Workflow {workflow.name} 1: start_ui_schema, at /pin/ui:widget: There is no widget "
        "'pasword'. It was meant to protect a value, and does not."
    )
    assert error.hint == "Did you mean 'password'?"
    assert (warning.id, warning.is_serious()) == ("tasks_ui.W003", False)
    assert warning.msg == (
        f"Workflow {workflow.name} 1: a.ui_schema, at /coment: The schema has no 'coment' here."
    )
    assert warning.hint == "Did you mean 'comment'?"


def test_the_examples_are_heard_in_full() -> None:
    assert [one for one in check_looks(None) if str(one.id).startswith("tasks_ui.")] == []
