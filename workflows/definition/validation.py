"""What is wrong with a definition, before anything runs by it."""

from __future__ import annotations

import inspect
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workflows.definition.conditions import check_expression
from workflows.definition.definition import WorkflowDefinition
from workflows.definition.dominators import irreducible_edges
from workflows.definition.graph import Node
from workflows.schemas import check_schema, validate
from workflows.steps import (
    BaseGateway,
    BaseHumanStep,
    ConditionalGroup,
    ParallelGroup,
    StepType,
    SubWorkflow,
    TimerStep,
    WebhookStep,
)
from workflows.steps.base import Step
from workflows.steps.groups import ForEachGroup, StepGroup

KINDS: dict[StepType, type[Step]] = {
    StepType.HUMAN: BaseHumanStep,
    StepType.GATEWAY: BaseGateway,
    StepType.TIMER: TimerStep,
    StepType.WEBHOOK: WebhookStep,
    StepType.GROUP: StepGroup,
    StepType.WORKFLOW: SubWorkflow,
}


@dataclass(frozen=True)
class Problem:
    """One fault: its number (E001 …), what is wrong, and what to do about it."""

    code: str
    text: str
    hint: str = ""


@lru_cache(maxsize=1_000)
def find_problems(definition: WorkflowDefinition) -> tuple[Problem, ...]:
    """Every fault of the definition; empty when it can run."""
    faults = [*_names(definition), *_steps(definition)]
    if not faults:
        faults = [*_edges(definition), *_expressions(definition)]
    if not faults:
        faults = [*_ways(definition)]
    return (*faults, *_schemas(definition))


def _names(definition: WorkflowDefinition) -> Iterator[Problem]:
    # Django's permissions are named after workflows and their roles, in at most 100 characters.
    if not definition.name or len(definition.name) > 80:
        yield Problem("E001", "A workflow needs a name of at most 80 characters.")
    if not definition.version or len(definition.version) > 50:
        yield Problem("E001", "A workflow needs a version of at most 50 characters.")
    if not definition.steps:
        yield Problem("E002", "The workflow has no steps.")
    for key in definition.steps:
        if not key or "/" in key or "#" in key or len(key) > 100:
            yield Problem("E003", f"Step key {key!r} is empty, too long, or has a / or #.")


def _steps(definition: WorkflowDefinition) -> Iterator[Problem]:
    for path, node in definition.graph.nodes.items():
        if isinstance(node.step, Step):
            yield from _step(node)
        else:
            hint = f"Write {node.step.__name__}()." if inspect.isclass(node.step) else ""
            yield Problem("E004", f"Step {path!r} is {node.step!r}, not a Step object.", hint)


def _step(node: Node) -> Iterator[Problem]:
    step, path = node.step, node.path
    base = KINDS.get(step.step_type)
    if base and not isinstance(step, base):
        yield Problem(
            "E005", f"Step {path!r} is of kind {step.step_type}: subclass {base.__name__}."
        )
    elif step.step_type == StepType.MACHINE and type(step).execute is Step.execute:
        yield Problem("E006", f"Step {path!r} has no execute() method.")
    if isinstance(step, BaseGateway) and node.parent is not None:
        yield Problem(
            "E007",
            f"Gateway {path!r} is inside a group, where there are no edges.",
            "Use a ConditionalGroup.",
        )
    callback = step.callback if isinstance(step, ParallelGroup) else None
    if callback is not None and callback.step_type != StepType.MACHINE:
        yield Problem("E008", f"The callback of {path!r} is not a machine step.")
    if isinstance(step, StepGroup) and not node.children:
        yield Problem("E009", f"Group {path!r} has no steps.")
    places = step.max_concurrency
    if places is not None and places < 1:
        yield Problem("E022", f"The max_concurrency of {path!r} is {places!r}: give 1 or more.")
    if len(path) > 300:
        yield Problem("E003", f"The path of step {path!r} is longer than 300 characters.")


def _edges(definition: WorkflowDefinition) -> Iterator[Problem]:
    steps, graph = definition.steps, definition.graph
    if graph.initial not in steps:
        yield Problem("E010", f"The initial step {graph.initial!r} is not among the steps.")
    for name in sorted(graph.terminal - set(steps)):
        yield Problem("E011", f"The terminal step {name!r} is not among the steps.")
    for edge in definition.edges:
        way = f"{edge.source} → {edge.target}"
        for end in sorted({edge.source, edge.target} - set(steps)):
            yield Problem("E012", f"The edge {way} names {end!r}, which is not among the steps.")
        if edge.source in graph.terminal:
            yield Problem("E013", f"The edge {way} leads out of a terminal step.")
        yield from _condition(way, edge.condition)


def _expressions(definition: WorkflowDefinition) -> Iterator[Problem]:
    for node in definition.graph.nodes.values():
        if isinstance(node.step, ConditionalGroup):
            yield from _condition(node.path, node.step.condition)
        if isinstance(node.step, ForEachGroup):
            yield from _condition(node.path, node.step.items or "", "items")
            yield from _label(node.path, node.step.label)
        if isinstance(node.step, SubWorkflow):
            yield from _condition(node.path, node.step.result, "result")
            if not isinstance(node.step.data, Mapping):
                yield from _condition(node.path, node.step.data, "data")


def _condition(place: str, condition: object, what: str = "condition") -> Iterator[Problem]:
    reason: str | None = None
    if isinstance(condition, str):
        reason = check_expression(condition)
    elif condition is not None and not callable(condition):
        reason = "it is neither an expression nor a callable."
    if reason:
        yield Problem("E014", f"The {what} of {place} cannot be used: {reason}")


def _label(place: str, label: object) -> Iterator[Problem]:
    try:
        if not isinstance(label, str):
            yield Problem("E014", f"The label of {place} cannot be used: it is no text.")
        else:
            list(string.Formatter().parse(label))
    except ValueError as error:
        yield Problem("E014", f"The label of {place} cannot be used: {error}.")


def _ways(definition: WorkflowDefinition) -> Iterator[Problem]:
    graph = definition.graph
    reachable = graph.reachable(graph.initial)
    for node in graph.top_level:
        if node.path not in reachable:
            yield Problem("E015", f"Step {node.path!r} cannot be reached.")
        elif not graph.reachable(node.path) & graph.terminal:
            yield Problem("E016", f"From step {node.path!r} no terminal step can be reached.")
    pairs = {n: (edge.source, edge.target) for n, edge in enumerate(graph.edges)}
    for number in irreducible_edges(graph.initial, pairs):
        source, target = pairs[number]
        yield Problem(
            "E017",
            f"The loop through {source!r} and {target!r} can be entered at more than one step.",
            "Let every way into the loop come to the same step.",
        )


def _schemas(definition: WorkflowDefinition) -> Iterator[Problem]:
    yield from _schema("start_schema", definition.start_schema)
    for node in definition.graph.nodes.values():
        step = node.step
        if isinstance(step, WebhookStep):
            yield from _schema(f"{node.path}.payload_schema", step.payload_schema)
        if isinstance(step, BaseHumanStep):
            faults = [*_schema(f"{node.path}.form_schema", step.form_schema)]
            yield from faults or _timeout_outcome(node.path, step)


def _schema(place: str, schema: object) -> Iterator[Problem]:
    for fault in check_schema(schema) if schema is not None else ():
        yield Problem("E018", f"{place}, at {fault.pointer or 'its root'}: {fault.message}")


def _timeout_outcome(path: str, step: BaseHumanStep) -> Iterator[Problem]:
    outcome = step.timeout_outcome
    if outcome is not None and step.form_schema and validate(step.form_schema, dict(outcome)):
        yield Problem("E019", f"The timeout_outcome of {path!r} does not fit its form.")
