"""Makes the box of a group: a heading, and below it one row for each step inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import ngettext

from tasks_ui.graph import marks, outlines
from tasks_ui.graph.boxes import FONT, MARK_GAP, PADDING, VISITS, even, visits_text
from tasks_ui.graph.drawing import Box, Mark, Text
from tasks_ui.graph.model import GraphStep, StepKind, StepState
from tasks_ui.graph.text import clean, shorten, text_width
from tasks_ui.graph.words import tooltip

HEADING = 28
ROW = 22
ROW_RADIUS = 6
INSET = 6
ROWS = 10
LABEL_LIMIT = 196
PATH_SIGN = " ▸ "

ITEM = "item"
GROUP = "group"
NOTE = "note"
MORE = "more"

# When there is no room for all, the rows that someone looks for come first.
URGENCY = {StepState.FAILED: 0, StepState.RUNNING: 1, StepState.WAITING: 1}


def group_box(step: GraphStep) -> Box:
    """Return the box of a group at 0, 0; groups inside it are shown as "A ▸ B"."""
    children = _flat(step.children)
    shown = _shown(children)
    more = _more_text(len(children) - len(shown))
    rows = [_row(child) for child in shown]
    heading = _heading(step)
    last = heading[-1]
    inner = max([row.width for row in rows] + [text_width(more, FONT) + 2 * INSET])
    width = even(max(inner + 2 * INSET, last.x + text_width(last.text, FONT, bold=True) + PADDING))
    height = HEADING + (len(rows) + bool(more)) * ROW + INSET
    if more:
        below = HEADING + len(rows) * ROW + ROW // 2
        heading.append(Text(INSET * 2 + marks.SIZE + MARK_GAP, below, more, MORE))
    return Box(
        key=step.key,
        x=0,
        y=0,
        width=width,
        height=height,
        state=step.state.value,
        is_here=step.is_here,
        outline=outlines.outline(StepKind.GROUP, width, height),
        mark=Mark(PADDING, HEADING // 2 - marks.SIZE // 2 + 1, marks.mark_of(step)),
        lines=tuple(heading),
        tooltip=tooltip(step),
        rows=tuple(
            _placed(row, HEADING + index * ROW, width - 2 * INSET) for index, row in enumerate(rows)
        ),
    )


def _flat(children: Sequence[GraphStep], path: str = "") -> list[GraphStep]:
    found: list[GraphStep] = []
    for child in children:
        label = path + clean(child.text)
        if child.children:
            found += _flat(child.children, label + PATH_SIGN)
        else:
            found.append(replace(child, label=label))
    return found


def _shown(children: Sequence[GraphStep]) -> list[GraphStep]:
    if len(children) <= ROWS:
        return list(children)
    order = sorted(range(len(children)), key=lambda at: (URGENCY.get(children[at].state, 2), at))
    return [children[at] for at in sorted(order[: ROWS - 1])]


def _more_text(count: int) -> str:
    if not count:
        return ""
    return ngettext("and %(count)d more", "and %(count)d more", count) % {"count": count}


def _heading(step: GraphStep) -> list[Text]:
    left = PADDING + marks.SIZE + MARK_GAP
    label = shorten(clean(step.text), LABEL_LIMIT, FONT)
    lines = [Text(left, HEADING // 2 + 1, label, GROUP)]
    for extra, role in ((visits_text(step), VISITS), (clean(step.note), NOTE)):
        if extra:
            last = lines[-1]
            x = last.x + text_width(last.text, FONT, bold=True) + MARK_GAP
            lines.append(Text(x, last.y, shorten(extra, LABEL_LIMIT, FONT), role))
    return lines


def _row(child: GraphStep) -> Box:
    left = INSET + marks.SIZE + MARK_GAP
    label = shorten(clean(child.text), LABEL_LIMIT, FONT)
    lines = [Text(left, ROW // 2, label, ITEM)]
    width = left + text_width(label, FONT) + INSET
    if visits := visits_text(child):
        lines.append(Text(width, ROW // 2, visits, VISITS))
        width += text_width(visits, FONT) + INSET
    return Box(
        key=child.key,
        x=0,
        y=0,
        width=width,
        height=ROW,
        state=child.state.value,
        is_here=child.is_here,
        outline="",
        mark=Mark(INSET, ROW // 2 - marks.SIZE // 2, marks.mark_of(child)),
        lines=tuple(lines),
        tooltip=tooltip(child),
    )


def _placed(row: Box, y: int, width: int) -> Box:
    return replace(row, x=INSET, y=y, width=width, outline=outlines.rounded(width, ROW, ROW_RADIUS))
