"""Questions that change nothing: what is where, who may do what, what a person sees.

In: rows and who asks. Out: values for pages. Pages import from here, not from inside.
"""

from __future__ import annotations

from workflows.engine.access.people import Actors, actors_of, audience, by_name, display_name
from workflows.engine.access.permissions import (
    InstanceAnswer,
    TaskAnswer,
    group_names,
    has_role,
    instance_access,
    may_start,
    principals,
    startable,
    task_access,
    visible_instances,
)
from workflows.engine.access.reopening import why_not_reopened
from workflows.engine.definitions.current import start_form_fingerprint
from workflows.engine.definitions.stored import get_definition
from workflows.engine.queries.attachments import attachment_of, find_attachment
from workflows.engine.queries.consequences import Lead, leads_of
from workflows.engine.queries.diagram import GraphEdge, GraphNode, InstanceGraph, graph_state
from workflows.engine.queries.drafts import Typing, drafts_for, drafts_of
from workflows.engine.queries.file_limits import FileLimits
from workflows.engine.queries.find_task import (
    find_task,
    find_tasks,
    is_decided_by,
    items_of,
    name_tasks,
    refuse_closed,
    whole_tasks,
)
from workflows.engine.queries.forms_in_code import CodeForm, forms_in_code
from workflows.engine.queries.health import code_of_workers, work_is_stalled, worker_lives
from workflows.engine.queries.history import LONGEST_COMMENT, HistoryLine, history
from workflows.engine.queries.one_click import IN_BULK, QuickAnswer, quick_answers
from workflows.engine.queries.receipts import (
    DecisionReceipt,
    ReceiptChain,
    check_receipts,
    decision_receipt,
)
from workflows.engine.queries.task_details import (
    eligible,
    find_task_with_drafts,
    open_question,
    snoozed_until,
    was_started,
)
from workflows.engine.queries.task_news import Opened, TaskNews, events_since, news_of
from workflows.engine.queries.traces import last_move, own_move, snooze_of, with_traces
from workflows.engine.queries.visible_data import (
    DataForm,
    TaskForm,
    TaskOutcome,
    forms_of_data,
    forms_of_rows,
    row_fields,
    task_form,
    visible_data,
    without_secrets,
)

__all__ = [
    "IN_BULK",
    "LONGEST_COMMENT",
    "Actors",
    "CodeForm",
    "DataForm",
    "DecisionReceipt",
    "FileLimits",
    "GraphEdge",
    "GraphNode",
    "HistoryLine",
    "InstanceAnswer",
    "InstanceGraph",
    "Lead",
    "Opened",
    "QuickAnswer",
    "ReceiptChain",
    "TaskAnswer",
    "TaskForm",
    "TaskNews",
    "TaskOutcome",
    "Typing",
    "actors_of",
    "attachment_of",
    "audience",
    "by_name",
    "check_receipts",
    "code_of_workers",
    "decision_receipt",
    "display_name",
    "drafts_for",
    "drafts_of",
    "eligible",
    "events_since",
    "find_attachment",
    "find_task",
    "find_task_with_drafts",
    "find_tasks",
    "forms_in_code",
    "forms_of_data",
    "forms_of_rows",
    "get_definition",
    "graph_state",
    "group_names",
    "has_role",
    "history",
    "instance_access",
    "is_decided_by",
    "items_of",
    "last_move",
    "leads_of",
    "may_start",
    "name_tasks",
    "news_of",
    "open_question",
    "own_move",
    "principals",
    "quick_answers",
    "refuse_closed",
    "row_fields",
    "snooze_of",
    "snoozed_until",
    "start_form_fingerprint",
    "startable",
    "task_access",
    "task_form",
    "visible_data",
    "visible_instances",
    "was_started",
    "whole_tasks",
    "why_not_reopened",
    "with_traces",
    "without_secrets",
    "work_is_stalled",
    "worker_lives",
]
