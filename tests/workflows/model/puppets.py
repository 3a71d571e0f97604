"""Real steps that do what a plan says, so that the engine can play it too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from tests.workflows.model.plans import ITEM, KEYS, Act, Blueprint, Kind, Plan, Test
from workflows import (
    BaseGateway,
    BaseHumanStep,
    BaseMachineStep,
    ConditionalGroup,
    Edge,
    ParallelGroup,
    RaceGroup,
    Retry,
    SequentialGroup,
    Step,
    TimerStep,
    WebhookStep,
    WorkflowContext,
    WorkflowDefinition,
)
from workflows.steps.groups import ForEachGroup

SCHEMA = {"properties": dict.fromkeys(KEYS, True)}
DELAY = timedelta(hours=1)


class Stage:
    """What the step that runs next is to do; whoever runs it says so before."""

    act: ClassVar[Act] = Act()
    raises: ClassVar[bool] = False


class Puppet(Step):
    """Does what the stage says; what raises does so in `can_execute`, where every kind has it."""

    def can_execute(self, context: WorkflowContext) -> bool:
        """Raise, or tell whether to run."""
        if Stage.raises and not Stage.act.skips:
            raise RuntimeError("This run raises.")
        return not Stage.act.skips

    def on_failure(self, context: WorkflowContext, error: Exception) -> None:
        """Handle the failure, or not; what is set before it raises again is lost."""
        if not Stage.act.handled:
            context.set("lost", 1)
            raise error


class Machine(Puppet, BaseMachineStep):
    """A machine step."""

    def execute(self, context: WorkflowContext) -> Any:
        """Write and return what the stage says."""
        for key, value in Stage.act.writes.items():
            context.set(key, value)
        return _result(context)


class AsyncMachine(Puppet, BaseMachineStep):
    """A machine step that raises while it runs."""

    async def can_execute(self, context: WorkflowContext) -> bool:  # type: ignore[override]
        """Tell whether to run."""
        return not Stage.act.skips

    async def execute(self, context: WorkflowContext) -> Any:
        """Write, then raise or return what the stage says."""
        for key, value in Stage.act.writes.items():
            context.set(key, value)
        if Stage.raises:
            raise RuntimeError("This run raises.")
        return _result(context)


def _result(context: WorkflowContext) -> Any:
    if Stage.act.result == ITEM:
        return context.item
    return context.previous_result if Stage.act.result is None else Stage.act.result


class Gateway(BaseGateway):
    """A gateway."""

    def evaluate(self, context: WorkflowContext) -> str | list[str]:
        """Name what the stage says."""
        for key, value in Stage.act.writes.items():
            context.set(key, value)
        if Stage.raises:
            raise RuntimeError("This run raises.")
        return Stage.act.to[0] if len(Stage.act.to) == 1 else list(Stage.act.to)


class Human(Puppet, BaseHumanStep):
    """A human step, which nobody in particular is asked to do."""

    form_schema = SCHEMA


class Timer(Puppet, TimerStep):
    """A timer."""

    def get_delay(self, context: WorkflowContext) -> timedelta:
        """Wait, or not."""
        return DELAY if Stage.act.waits else timedelta(0)


class Webhook(Puppet, WebhookStep):
    """A webhook."""

    payload_schema = SCHEMA


class Sequence(Puppet, SequentialGroup):
    """A sequence."""


class Parallel(Puppet, ParallelGroup):
    """A parallel group."""


class Each(Puppet, ForEachGroup):
    """A group that runs its step once per item."""


class Race(Puppet, RaceGroup):
    """A race."""


class Choice(Puppet, ConditionalGroup):
    """A conditional group."""


SIMPLE: dict[Kind, type[Step]] = {
    Kind.HUMAN: Human,
    Kind.TIMER: Timer,
    Kind.WEBHOOK: Webhook,
    Kind.GATEWAY: Gateway,
}


def make_definition(blueprint: Blueprint, name: str) -> WorkflowDefinition:
    """Give the workflow of a blueprint."""
    return WorkflowDefinition(
        name=name,
        steps={key: make_step(plan) for key, plan in blueprint.steps.items()},
        edges=[Edge(way.source, way.target, condition_of(way.test)) for way in blueprint.ways],
    )


def make_step(plan: Plan, name: str = "") -> Step:
    """Give the step of a plan; inside a group it needs a name."""
    step = _group(plan) if plan.children else _single(plan)
    step.name = name
    step.max_visits = plan.max_visits
    step.retry = Retry(max_attempts=plan.attempts)
    return step


def _single(plan: Plan) -> Step:
    if plan.kind == Kind.MACHINE:
        return AsyncMachine() if plan.attempts > 1 else Machine()
    return SIMPLE[plan.kind]()


def _group(plan: Plan) -> Step:
    children = [make_step(*pair) for pair in zip(plan.children, plan.names, strict=True)]
    match plan.kind:
        case Kind.SEQUENCE:
            return Sequence(*children)
        case Kind.RACE:
            return Race(*children)
        case Kind.PARALLEL:
            if plan.waits_for_all:
                return Parallel(*children, callback=_callback(plan), on_child_failure="wait")
            return Parallel(*children, callback=_callback(plan))
        case Kind.EACH:
            if plan.waits_for_all:
                return Each(_items, *children, callback=_callback(plan), on_child_failure="wait")
            return Each(_items, *children, callback=_callback(plan))
        case _:
            branches = dict(zip(plan.names, children, strict=True))
            default = branches.pop("default", None)
            return Choice(lambda context: Stage.act.to[0], branches, default)


def _callback(plan: Plan) -> Step | None:
    return make_step(plan.callback) if plan.callback else None


def _items(context: WorkflowContext) -> list[str]:
    return [f"item {position}" for position in range(Stage.act.items)]


def condition_of(test: Test | None) -> Any:
    """Give the condition of an edge, in one of the forms that an author can write it in."""
    if test is None:
        return None

    def holds(context: WorkflowContext) -> bool:
        return test.holds(context.data, context.previous_result)

    async def holds_later(context: WorkflowContext) -> bool:
        return holds(context)

    forms = {"text": _text(test), "function": holds, "async": holds_later}
    return forms[test.how]


def _text(test: Test) -> str:
    if test.raises:
        return "context.get('nowhere') + 1"
    if test.name:
        return f"context.get('{test.name}', 0) {'<' if test.negated else '>='} {test.value}"
    return f"context.previous_result {'!=' if test.negated else '=='} {test.value}"
