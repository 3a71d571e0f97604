"""What can be done with workflows: the verbs, who may do what, and what pages show."""

from __future__ import annotations

from asgiref.sync import sync_to_async

from workflows.engine.access import (
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
from workflows.engine.actors import Actors, actors_of
from workflows.engine.assigning import claim, eligible, reassign, release, take_over
from workflows.engine.attachments import attachment_of, find_attachment
from workflows.engine.audience import audience
from workflows.engine.comments import LONGEST as LONGEST_COMMENT
from workflows.engine.comments import comment, note_mention
from workflows.engine.consequences import Lead, leads_of
from workflows.engine.decisions import complete_human_task, override, undo
from workflows.engine.definitions import get_definition
from workflows.engine.drafts import (
    discard_draft,
    find_draft,
    find_task_with_draft,
    save_draft,
    save_start_draft,
)
from workflows.engine.finding import find_task, refuse_closed, whole_tasks
from workflows.engine.health import code_of_workers, work_is_stalled, worker_lives
from workflows.engine.hinting import count_each
from workflows.engine.history import HistoryLine, history
from workflows.engine.instances import cancel_workflow, resume, suspend
from workflows.engine.list_choices import WorkflowChoice, workflow_choices
from workflows.engine.list_views import DUES, ListKey, Wanted
from workflows.engine.list_views import VIEWS as LIST_VIEWS
from workflows.engine.listing import (
    TaskPage,
    count_known,
    count_tasks,
    ids_between,
    known_reader,
    list_tasks,
    next_best,
    tasks_for,
)
from workflows.engine.listing import reader as list_reader
from workflows.engine.media_types import accepts_file
from workflows.engine.migrating import migrate_instances
from workflows.engine.migration_plans import Migration, Move
from workflows.engine.parking import FileLimits, park
from workflows.engine.people import by_name, display_name
from workflows.engine.picturing import GraphEdge, GraphNode, InstanceGraph, graph_state
from workflows.engine.questions import answer, ask, open_question, recall
from workflows.engine.quick import IN_BULK, QuickAnswer, quick_answers
from workflows.engine.receipt_checks import (
    DecisionReceipt,
    ReceiptChain,
    check_receipts,
    decision_receipt,
)
from workflows.engine.reopening import reopen
from workflows.engine.retrying import retry
from workflows.engine.showing import (
    DataForm,
    TaskForm,
    TaskOutcome,
    forms_of_data,
    forms_of_rows,
    row_fields,
    task_form,
    visible_data,
)
from workflows.engine.since import Opened, TaskNews, events_since, news_of
from workflows.engine.snoozing import snooze, snoozed_until, unsnooze
from workflows.engine.starting import start_workflow
from workflows.engine.webhooks import Receipt, receive_webhook, webhook_step

astart_workflow = sync_to_async(start_workflow)
acomplete_human_task = sync_to_async(complete_human_task)
aundo = sync_to_async(undo)
aclaim = sync_to_async(claim)
arelease = sync_to_async(release)
apark = sync_to_async(park)
areassign = sync_to_async(reassign)
atake_over = sync_to_async(take_over)
aask = sync_to_async(ask)
aanswer = sync_to_async(answer)
arecall = sync_to_async(recall)
aoverride = sync_to_async(override)
acomment = sync_to_async(comment)
areopen = sync_to_async(reopen)
acancel_workflow = sync_to_async(cancel_workflow)
asuspend = sync_to_async(suspend)
aresume = sync_to_async(resume)
aretry = sync_to_async(retry)
areceive_webhook = sync_to_async(receive_webhook)
amigrate_instances = sync_to_async(migrate_instances)

__all__ = [
    "DUES",
    "IN_BULK",
    "LIST_VIEWS",
    "LONGEST_COMMENT",
    "Actors",
    "DataForm",
    "DecisionReceipt",
    "FileLimits",
    "GraphEdge",
    "GraphNode",
    "HistoryLine",
    "InstanceAnswer",
    "InstanceGraph",
    "Lead",
    "ListKey",
    "Migration",
    "Move",
    "Opened",
    "QuickAnswer",
    "Receipt",
    "ReceiptChain",
    "TaskAnswer",
    "TaskForm",
    "TaskNews",
    "TaskOutcome",
    "TaskPage",
    "Wanted",
    "WorkflowChoice",
    "aanswer",
    "aask",
    "acancel_workflow",
    "accepts_file",
    "aclaim",
    "acomment",
    "acomplete_human_task",
    "actors_of",
    "amigrate_instances",
    "answer",
    "aoverride",
    "apark",
    "areassign",
    "arecall",
    "areceive_webhook",
    "arelease",
    "areopen",
    "aresume",
    "aretry",
    "ask",
    "astart_workflow",
    "asuspend",
    "atake_over",
    "attachment_of",
    "audience",
    "aundo",
    "by_name",
    "cancel_workflow",
    "check_receipts",
    "claim",
    "code_of_workers",
    "comment",
    "complete_human_task",
    "count_each",
    "count_known",
    "count_tasks",
    "decision_receipt",
    "discard_draft",
    "display_name",
    "eligible",
    "events_since",
    "find_attachment",
    "find_draft",
    "find_task",
    "find_task_with_draft",
    "forms_of_data",
    "forms_of_rows",
    "get_definition",
    "graph_state",
    "group_names",
    "has_role",
    "history",
    "ids_between",
    "instance_access",
    "known_reader",
    "leads_of",
    "list_reader",
    "list_tasks",
    "may_start",
    "migrate_instances",
    "news_of",
    "next_best",
    "note_mention",
    "open_question",
    "override",
    "park",
    "principals",
    "quick_answers",
    "reassign",
    "recall",
    "receive_webhook",
    "refuse_closed",
    "release",
    "reopen",
    "resume",
    "retry",
    "row_fields",
    "save_draft",
    "save_start_draft",
    "snooze",
    "snoozed_until",
    "start_workflow",
    "startable",
    "suspend",
    "take_over",
    "task_access",
    "task_form",
    "tasks_for",
    "undo",
    "unsnooze",
    "visible_data",
    "visible_instances",
    "webhook_step",
    "whole_tasks",
    "work_is_stalled",
    "worker_lives",
    "workflow_choices",
]
