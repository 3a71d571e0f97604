"""Definitions in the code and the rows that remember them, brought together."""

from __future__ import annotations

from typing import Any

from workflows.definition.definition import WorkflowDefinition
from workflows.definition.registry import registry
from workflows.definition.validation import find_problems
from workflows.engine.definitions.snapshot import describe_definition
from workflows.exceptions import DefinitionError, UnknownStep, UnknownWorkflow
from workflows.models import StoredDefinition, WorkflowInstance
from workflows.steps.human import BaseHumanStep


def get_definition(name: str, version: str | None = None) -> WorkflowDefinition:
    """Give the registered definition; raises UnknownWorkflow, naming what there is."""
    return registry.get(name, version)


def stored(definition: WorkflowDefinition) -> StoredDefinition:
    """Give the row that remembers this definition, made or brought up to date as needed.

    Raises DefinitionError where the definition cannot run, or where instances of the same
    version still run with another graph.
    """
    problems = find_problems(definition)
    if problems:
        raise DefinitionError(definition.name, [problem.text for problem in problems])
    described = describe_definition(definition)
    content, mark = described.content, described.fingerprint
    row, made = StoredDefinition.objects.get_or_create(
        workflow=definition.name,
        version=definition.version,
        defaults={"content": content, "fingerprint": mark},
    )
    if made or (row.fingerprint == mark and row.content == content):
        return row
    if row.fingerprint != mark and has_live_instances(row):
        raise DefinitionError(definition.name, [changed_graph(definition)])
    row.fingerprint, row.content = mark, content
    row.save(update_fields=["fingerprint", "content"])
    return row


def has_live_instances(row: StoredDefinition) -> bool:
    return WorkflowInstance.objects.filter(definition=row).live().exists()


def changed_graph(definition: WorkflowDefinition) -> str:
    """Give what to tell the author whose version changed under running instances."""
    return (
        f"The graph of version {definition.version} changed while instances of it run; "
        "give the new graph a new version."
    )


def runnable_ids() -> dict[int, WorkflowDefinition]:
    """Give the definitions that this process has the code for, by the id of their row."""
    marks = {
        (definition.name, definition.version): definition
        for definition in registry
        if not find_problems(definition)
    }
    rows = StoredDefinition.objects.values_list("id", "workflow", "version", "fingerprint")
    return {
        row_id: marks[workflow, version]
        for row_id, workflow, version, mark in rows
        if (workflow, version) in marks
        and describe_definition(marks[workflow, version]).fingerprint == mark
    }


def code_of(row: StoredDefinition) -> WorkflowDefinition:
    """Give the registered definition that a row remembers.

    Raises UnknownWorkflow where there is no code, or code with another graph.
    """
    definition = registry.get(row.workflow, row.version)
    if describe_definition(definition).fingerprint != row.fingerprint:
        raise UnknownWorkflow(changed_graph(definition))
    return definition


def content_of(row: StoredDefinition) -> dict[str, Any]:
    """Give a definition as plain data: from the code, where there is some, or as it is stored."""
    try:
        return describe_definition(registry.get(row.workflow, row.version)).content
    except UnknownWorkflow:
        content: dict[str, Any] = row.content
        return content


def human_step(definition: WorkflowDefinition, path: str) -> BaseHumanStep:
    """Give the human step at `path`; raises UnknownStep where there is another kind, or none."""
    node = definition.graph.nodes.get(path)
    if node is None or not isinstance(node.step, BaseHumanStep):
        raise UnknownStep(f"{definition.label} has no human step {path!r}.")
    return node.step
