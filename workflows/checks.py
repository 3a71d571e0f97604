"""`manage.py check` for workflows: every registered definition, and what it is used for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import Error as DatabaseError

from workflows.definition.definition import WorkflowDefinition
from workflows.definition.registry import registry
from workflows.definition.validation import find_problems
from workflows.engine.definitions.snapshot import describe_definition
from workflows.engine.definitions.stored import changed_graph, has_live_instances
from workflows.engine.work.webhook_tokens import has_own_token
from workflows.exceptions import UnknownWorkflow
from workflows.models import StoredDefinition
from workflows.partly_migrated import problem_of
from workflows.steps import BaseGateway, SubWorkflow, WebhookStep


@register("workflows")
def check_definitions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Errors, up to workflows.E023, for definitions that cannot run; warnings for risky ones."""
    conflicts = [_registered_twice(definition) for definition in registry.conflicts]
    found = (one for definition in registry for one in _faults(definition))
    return [*conflicts, *found]


def _registered_twice(definition: WorkflowDefinition) -> CheckMessage:
    return checks.Error(
        f"{name_of(definition)} is registered twice, with different definitions.",
        hint="Give one of them another name or version.",
        id="workflows.E020",
    )


def _faults(definition: WorkflowDefinition) -> Iterator[CheckMessage]:
    for problem in find_problems(definition):
        text, hint = f"{name_of(definition)}: {problem.text}", problem.hint or None
        yield checks.Error(text, hint=hint, id=f"workflows.{problem.code}")
    yield from _unknown_workflows(definition)
    yield from _warnings(definition)


@register(Tags.database)
def check_changed_graphs(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Error workflows.E021 for a graph that changed under running instances."""
    if not databases:
        return []
    try:
        rows = {(row.workflow, row.version): row for row in StoredDefinition.objects.all()}
    except DatabaseError:
        # Before the first migration there is nothing to compare with.
        return []
    return [
        checks.Error(f"{name_of(definition)}: {changed_graph(definition)}", id="workflows.E021")
        for definition in registry
        if not find_problems(definition)
        and (row := rows.get((definition.name, definition.version))) is not None
        and row.fingerprint != describe_definition(definition).fingerprint
        and has_live_instances(row)
    ]


@register(Tags.database)
def check_migrations(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Error workflows.E024 for a database that `migrate` would refuse."""
    problems = [problem_of(name) for name in databases or ()]
    return [checks.Error(problem, id="workflows.E024") for problem in problems if problem]


def _unknown_workflows(definition: WorkflowDefinition) -> Iterator[CheckMessage]:
    for node in definition.graph.nodes.values():
        if isinstance(node.step, SubWorkflow):
            try:
                registry.get(node.step.workflow, node.step.version)
            except UnknownWorkflow as error:
                yield checks.Error(
                    f"{name_of(definition)}: step {node.path!r} cannot start anything. {error}",
                    hint="Register that workflow, or correct the name or version.",
                    id="workflows.E023",
                )


def _warnings(definition: WorkflowDefinition) -> Iterator[CheckMessage]:
    for node in definition.graph.nodes.values():
        step = node.step
        if isinstance(step, WebhookStep) and has_own_token(step) and not step.secret:
            yield checks.Warning(
                f"{name_of(definition)}: webhook step {node.path!r} makes its own token "
                "and has no secret, so whoever guesses the token can call it.",
                hint="Set `secret`, so that calls must be signed.",
                id="workflows.W001",
            )
        if isinstance(step, BaseGateway) and any(
            definition.graph.edges[number].condition is not None
            for number in definition.graph.outgoing.get(node.path, ())
        ):
            yield checks.Warning(
                f"{name_of(definition)}: conditions on the edges out of gateway {node.path!r} "
                "are not looked at; the gateway decides.",
                id="workflows.W002",
            )


def name_of(definition: WorkflowDefinition) -> str:
    """Give a definition for messages."""
    return f"Workflow {definition.name} {definition.version}"
