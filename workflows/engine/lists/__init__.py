"""The lists of tasks: one page, counts, the next task; at a cost that does not grow.

In: who asks, and a `Wanted`. Out: rows, a page at a time. Pages import from here, not from inside.
"""

from __future__ import annotations

from workflows.engine.lists.filters import WorkflowChoice, workflow_choices
from workflows.engine.lists.query import (
    TaskPage,
    count_known,
    count_tasks,
    ids_between,
    known_reader,
    list_tasks,
    next_best,
    reader,
    tasks_for,
)
from workflows.engine.lists.suggestions import count_each
from workflows.engine.lists.views import DUES, VIEWS, ListKey, Wanted

__all__ = [
    "DUES",
    "VIEWS",
    "ListKey",
    "TaskPage",
    "Wanted",
    "WorkflowChoice",
    "count_each",
    "count_known",
    "count_tasks",
    "ids_between",
    "known_reader",
    "list_tasks",
    "next_best",
    "reader",
    "tasks_for",
    "workflow_choices",
]
