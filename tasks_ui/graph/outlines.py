"""The shapes of boxes as SVG path data: rounded, and pointed at both ends for gateways."""

from __future__ import annotations

from tasks_ui.graph.model import StepKind

POINT = 9
RADII = {
    StepKind.MACHINE: 7,
    StepKind.HUMAN: 15,
    StepKind.TIMER: 15,
    StepKind.WEBHOOK: 15,
    StepKind.GROUP: 10,
    StepKind.WORKFLOW: 10,
}


def outline(kind: StepKind, width: int, height: int) -> str:
    """Return the border of a box whose top left corner is at 0, 0."""
    if kind is StepKind.GATEWAY:
        return pointed(width, height)
    return rounded(width, height, RADII[kind])


def rounded(width: int, height: int, radius: int) -> str:
    corner = f"a{radius} {radius} 0 0 1"
    across, down = width - 2 * radius, height - 2 * radius
    return (
        f"M{radius} 0h{across}{corner} {radius} {radius}v{down}{corner} -{radius} {radius}"
        f"h-{across}{corner} -{radius} -{radius}v-{down}{corner} {radius} -{radius}z"
    )


def pointed(width: int, height: int) -> str:
    return (
        f"M{POINT} 0H{width - POINT}L{width} {height // 2}L{width - POINT} {height}"
        f"H{POINT}L0 {height // 2}z"
    )
