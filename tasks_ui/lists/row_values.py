"""What rows of lists say of tasks, in the words of the forms: worked out once for each workflow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tasks_ui.display.values import in_one_line
from tasks_ui.schema_form import Meaning
from workflows import WorkflowDefinition
from workflows.engine import queries
from workflows.exceptions import UnknownWorkflow
from workflows.models import HumanTask


def row_words(task: HumanTask, version: str) -> tuple[str, ...]:
    """Give the values of a task's row; without the code of its version, as they are stored.

    PostgreSQL keeps the names of an object in an order of its own.
    """
    try:
        definition = queries.get_definition(task.instance.workflow, version)
    except UnknownWorkflow:
        return tuple(map(in_one_line, task.row_data.values()))
    names = queries.row_fields(definition).get(task.step, task.row_data)
    meanings = _meanings(definition)
    shown = {name: task.row_data[name] for name in names if name in task.row_data}
    return tuple(in_one_line(value, meanings.get(name)) for name, value in shown.items())


@lru_cache(maxsize=1_000)
def _meanings(definition: WorkflowDefinition) -> Mapping[str, Meaning]:
    """Give what is said of each value, whatever it is: for one of several forms, nothing."""
    found: dict[str, Meaning] = {}
    for form in queries.forms_of_rows(definition):
        whole = Meaning.of_form(form.schema, form.ui_schema, {})
        found |= {name: whole.of_property(name, None) for name in form.names}
    return {name: meaning for name, meaning in found.items() if meaning.is_settled}
