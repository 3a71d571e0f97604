"""The small signs in front of a step's label: how it went, or else what kind of step it is."""

from __future__ import annotations

from tasks_ui.graph.model import GraphStep, StepKind, StepState

SIZE = 12

CLOCK = "M6 1A5 5 0 1 0 6 11A5 5 0 1 0 6 1ZM6 3.2V6L7.8 7.4"

KINDS = {
    StepKind.MACHINE: "M7 .8L2.2 6.9H5.8L5 11.2L9.8 5.1H6.2Z",
    StepKind.HUMAN: "M6 1A2.4 2.4 0 1 0 6 5.8A2.4 2.4 0 1 0 6 1ZM1.6 11A4.4 3.4 0 0 1 10.4 11",
    StepKind.GATEWAY: "M.8 6H4L7.4 2.4H11M4 6L7.4 9.6H11",
    StepKind.TIMER: CLOCK,
    StepKind.WEBHOOK: "M1 6H7.2M4.8 3.4L7.4 6L4.8 8.6M6.8 1.2H10.8V10.8H6.8",
    StepKind.GROUP: "M1 3.8L6 1L11 3.8L6 6.6ZM1 7.6L6 10.4L11 7.6",
    StepKind.WORKFLOW: "M1 1H11V11H1ZM3.6 6H8.4M6 3.6V8.4",
}

STATES = {
    StepState.DONE: "M1.6 6.6L4.6 9.6L10.4 2.8",
    StepState.FAILED: "M2.6 2.6L9.4 9.4M9.4 2.6L2.6 9.4",
    StepState.SKIPPED: "M1.6 2.6L5 6L1.6 9.4M6.6 2.6L10 6L6.6 9.4",
    StepState.CANCELED: "M6 1A5 5 0 1 0 6 11A5 5 0 1 0 6 1ZM2.6 9.4L9.4 2.6",
    StepState.RUNNING: "M3.2 1.6L10 6L3.2 10.4Z",
}

PAUSE = "M4 2.2V9.8M8 2.2V9.8"


def mark_of(step: GraphStep) -> str:
    """Return the path data of the one sign that a step carries."""
    waits_for_itself = step.kind in {
        *(StepKind.MACHINE, StepKind.GATEWAY),
        *(StepKind.GROUP, StepKind.WORKFLOW),
    }
    if step.state is StepState.WAITING and waits_for_itself:
        return PAUSE
    # What waits for a person, a moment or a call shows that: its kind says why it stands still.
    return STATES.get(step.state, KINDS[step.kind])
