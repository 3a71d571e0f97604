"""What is to be drawn: the steps and edges of a workflow, and how far an instance has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StepKind(StrEnum):
    MACHINE = "machine"
    HUMAN = "human"
    GATEWAY = "gateway"
    TIMER = "timer"
    WEBHOOK = "webhook"
    GROUP = "group"
    WORKFLOW = "workflow"


class StepState(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphStep:
    """One step as it is drawn; a group holds its ``children``, which may be groups again."""

    key: str
    label: str = ""
    """What the box says; an empty label says the key."""
    kind: StepKind = StepKind.MACHINE
    state: StepState = StepState.PENDING
    visits: int = 0
    note: str = ""
    """A word or two beside a group's label, such as "all of" or "first of"."""
    children: tuple[GraphStep, ...] = ()

    @property
    def text(self) -> str:
        return self.label.strip() or self.key

    @property
    def is_here(self) -> bool:
        return self.state in {StepState.RUNNING, StepState.WAITING}

    def leaves(self) -> tuple[GraphStep, ...]:
        """Return the steps that do the work: those inside a group, or the step itself."""
        if not self.children:
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves())


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphEdge:
    """One arrow; several from the same source to the same target are drawn as one."""

    source: str
    target: str
    label: str = ""
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphInput:
    """A whole graph.

    Raises:
        ValueError: two steps have the same key, or an edge names a step that is not there.
    """

    steps: tuple[GraphStep, ...]
    edges: tuple[GraphEdge, ...] = ()
    start: str = ""
    """The key of the initial step, by default the first; loops are drawn as leading back to it."""

    def __post_init__(self) -> None:
        keys = {step.key for step in self.steps}
        if len(keys) < len(self.steps):
            raise ValueError("Two steps of the graph have the same key. Give each its own.")
        named = {key for edge in self.edges for key in (edge.source, edge.target)}
        if missing := sorted(named - keys):
            raise ValueError(
                f"An edge names steps that the graph does not have: {', '.join(missing)}."
            )
