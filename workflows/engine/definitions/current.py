"""What counts of a version in this process: its own code, and what is stored only without code."""

from __future__ import annotations

from functools import lru_cache

from workflows.definition.definition import WorkflowDefinition
from workflows.engine.definitions.snapshot import (
    Description,
    describe_definition,
    form_fingerprint,
)
from workflows.engine.definitions.stored import code_of
from workflows.exceptions import UnknownWorkflow
from workflows.models import StoredDefinition


def current(row: StoredDefinition) -> Description:
    """Describe a version as its decisions are judged here.

    A process without the code, or whose code has another graph, judges nothing and shows what is
    stored.
    """
    try:
        return describe_definition(code_of(row))
    except UnknownWorkflow:
        return Description(row.content, row.fingerprint)


@lru_cache(maxsize=1_000)
def start_form_fingerprint(definition: WorkflowDefinition) -> str:
    """Give the fingerprint of the form that starts a workflow."""
    return form_fingerprint(
        {"start_schema": definition.start_schema, "start_ui_schema": definition.start_ui_schema}
    )
