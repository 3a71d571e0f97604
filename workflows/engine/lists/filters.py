"""What narrows a list, by the range of an index or row by row, and what it can be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from workflows.definition.registry import registry
from workflows.engine.access.rows import of_user, of_workflow
from workflows.engine.lists.sql import WORD, Part, Reader, joined, moment, relation_row, task_key
from workflows.engine.lists.views import EPOCH, Wanted
from workflows.engine.store.search_words import between, wanted_words
from workflows.models.tasks import Relation
from workflows.steps.base import StepType
from workflows.values.moments import FAR_AHEAD

FEW: Final = 1_000
"""A word with fewer tasks is looked up in the index of words, others in the rows of the list."""

COUNT: Final = """(SELECT COUNT(*) FROM (
    SELECT 1 FROM workflows_taskword WHERE word BETWEEN %s AND %s LIMIT %s) c)"""


def bounds(wanted: Wanted, reader: Reader, now: datetime) -> list[Part]:
    """Give what bounds the ranges `a` themselves, because they are sorted by it."""
    first = wanted.order.columns[0]
    found = [Part("a.") + part for column, part in _limits(wanted, now) if column == first]
    if reader.view.wakes:
        found.append(Part("a.sort_at > %s", (moment(now),)))
    return found


def conditions(wanted: Wanted, now: datetime, words: list[str]) -> list[Part]:
    """Give what has to be asked of each row `s`, for these of the words."""
    first = wanted.order.columns[0]
    found = [Part("s.") + part for column, part in _limits(wanted, now) if column != first]
    return found + _of_tasks(wanted, words)


def every_condition(wanted: Wanted, now: datetime) -> list[Part]:
    """Give all that a row `s` must be, where nothing bounds the ranges that it comes from."""
    limits = [Part("s.") + part for _column, part in _limits(wanted, now)]
    return limits + _of_tasks(wanted, wanted_words(wanted.words))


def _of_tasks(wanted: Wanted, words: list[str]) -> list[Part]:
    found = []
    if wanted.workflow:
        found.append(relation_row(of_workflow(wanted.workflow), Relation.WORKFLOW))
    if wanted.requester:
        found.append(relation_row(of_user(wanted.requester), Relation.REQUESTER))
    if wanted.step:
        task = "SELECT 1 FROM workflows_humantask t WHERE t.id = s.task_id AND t.step = %s"
        found.append(Part(f"EXISTS ({task})", (wanted.step,)))
    return found + [_has_word(word) for word in words]


def _limits(wanted: Wanted, now: datetime) -> list[tuple[str, Part]]:
    """Give the limits of columns of access rows, with their columns."""
    found = []
    if wanted.of.has_dues and wanted.due == "none":
        found.append(("sort_at", Part("sort_at >= %s", (moment(FAR_AHEAD),))))
    elif wanted.of.has_dues and wanted.due:
        until = now if wanted.due == "overdue" else wanted.until or now
        found.append(("sort_at", Part("sort_at < %s", (moment(until),))))
    if wanted.priority:
        found.append(("urgency", Part("urgency <= %s", (-wanted.priority,))))
    if wanted.older is not None:
        made = task_key(first_id(now - wanted.older))
        found.append(("task_id", Part("task_id < %s", (made,))))
    return found


def first_id(at: datetime) -> UUID:
    """Give the lowest id that a task can have that is made at this moment."""
    milliseconds = max(0, int((at - EPOCH).total_seconds() * 1000))
    return UUID(int=milliseconds << 80)


def _has_word(word: str) -> Part:
    return Part(WORD, between(word))


def rarest(text: str) -> tuple[str, list[str]]:
    """Give the rarest of the words that are looked for, if it is rare, and the other words.

    One statement, which counts no word further than to FEW.
    """
    words = wanted_words(text)
    if not words:
        return "", []
    counts = joined(",", [Part(COUNT, (*between(word), FEW)) for word in words])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts.sql}", counts.parameters)
        counted = dict(zip(words, cursor.fetchone(), strict=True))
    fewest = min(words, key=lambda word: counted[word])
    if counted[fewest] >= FEW:
        return "", words
    return fewest, [word for word in words if word != fewest]


@dataclass(frozen=True)
class WorkflowChoice:
    """A workflow and those of its steps that ask people: paths with labels."""

    name: str
    label: str
    steps: tuple[tuple[str, str], ...]


def workflow_choices() -> list[WorkflowChoice]:
    """Give what the newest versions of all workflows have, by label."""
    found = [
        WorkflowChoice(
            definition.name,
            definition.label,
            tuple(
                (path, node.label)
                for path, node in definition.graph.nodes.items()
                if node.kind is StepType.HUMAN
            ),
        )
        for definition in registry.latest()
    ]
    return sorted((one for one in found if one.steps), key=lambda one: one.label)
