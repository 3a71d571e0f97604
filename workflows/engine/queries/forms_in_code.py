"""The forms of every registered workflow, as they stand in its code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from workflows.definition.registry import registry
from workflows.steps import BaseHumanStep


class CodeForm(NamedTuple):
    """A form: of which workflow, what its schema and its hints are called there, and both."""

    workflow: str
    schema_name: str
    ui_schema_name: str
    schema: Any
    ui_schema: Any


def forms_in_code() -> Iterator[CodeForm]:
    """Yield the forms of every registered workflow: the start form, and those of its steps."""
    for definition in registry:
        of = f"Workflow {definition.name} {definition.version}"
        if definition.start_schema is not None:
            names = "start_schema", "start_ui_schema"
            yield CodeForm(of, *names, definition.start_schema, definition.start_ui_schema)
        for node in definition.graph.nodes.values():
            step = node.step
            if isinstance(step, BaseHumanStep) and step.form_schema is not None:
                names = f"{node.path}.form_schema", f"{node.path}.ui_schema"
                yield CodeForm(of, *names, step.form_schema, step.ui_schema)
