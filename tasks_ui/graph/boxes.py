"""Makes the box of one step: mark, label in one or two lines, and how often it was visited."""

from __future__ import annotations

from tasks_ui.graph import marks, outlines
from tasks_ui.graph.drawing import Box, Mark, Text
from tasks_ui.graph.model import GraphStep, StepKind
from tasks_ui.graph.text import clean, text_width, wrap
from tasks_ui.graph.words import tooltip

FONT = 12
LABEL_LIMIT = 144
LINE = 15
PADDING = 11
MARK_GAP = 6
HEIGHT = 30

LABEL = "label"
VISITS = "visits"


def step_box(step: GraphStep) -> Box:
    """Return the box of a step at 0, 0."""
    labels = wrap(clean(step.text), LABEL_LIMIT, FONT)
    label_width = max(text_width(label, FONT) for label in labels)
    visits = visits_text(step)
    visits_width = text_width(visits, FONT) + MARK_GAP if visits else 0
    padding = PADDING + (outlines.POINT // 2 if step.kind is StepKind.GATEWAY else 0)
    left = padding + marks.SIZE + MARK_GAP
    width = even(left + label_width + visits_width + padding)
    height = HEIGHT + (len(labels) - 1) * LINE // 2 * 2
    first = height // 2 - (len(labels) - 1) * LINE // 2
    lines = [
        Text(left + label_width // 2, first + index * LINE, label, LABEL)
        for index, label in enumerate(labels)
    ]
    if visits:
        lines.append(Text(left + label_width + MARK_GAP, height // 2, visits, VISITS))
    return Box(
        key=step.key,
        x=0,
        y=0,
        width=width,
        height=height,
        state=step.state.value,
        is_here=step.is_here,
        outline=outlines.outline(step.kind, width, height),
        mark=Mark(padding, height // 2 - marks.SIZE // 2, marks.mark_of(step)),
        lines=tuple(lines),
        tooltip=tooltip(step),
    )


def visits_text(step: GraphStep) -> str:
    return f"×{step.visits}" if step.visits > 1 else ""


def even(number: int) -> int:
    return number + number % 2
