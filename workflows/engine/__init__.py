"""What can be done with workflows: the verbs, who may do what, and what pages show."""

from __future__ import annotations

from asgiref.sync import sync_to_async

from workflows.engine.access.actors import Actors, actors_of
from workflows.engine.access.audience import audience
from workflows.engine.access.people import by_name, display_name
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
from workflows.engine.definitions.stored import get_definition
from workflows.engine.files.attachments import attachment_of, find_attachment
from workflows.engine.files.upload import FileLimits, park
from workflows.engine.instances.control import cancel_workflow, resume, suspend
from workflows.engine.instances.migrate import migrate_instances
from workflows.engine.instances.migration_plan import Migration, Move
from workflows.engine.instances.retry import retry
from workflows.engine.instances.start import start_workflow
from workflows.engine.lists.list_choices import WorkflowChoice, workflow_choices
from workflows.engine.lists.query import (
    TaskPage,
    count_known,
    count_tasks,
    ids_between,
    known_reader,
    list_tasks,
    next_best,
    tasks_for,
)
from workflows.engine.lists.query import reader as list_reader
from workflows.engine.lists.suggestions import count_each
from workflows.engine.lists.views import DUES, ListKey, Wanted
from workflows.engine.lists.views import VIEWS as LIST_VIEWS
from workflows.engine.queries.consequences import Lead, leads_of
from workflows.engine.queries.diagram import GraphEdge, GraphNode, InstanceGraph, graph_state
from workflows.engine.queries.find_task import find_task, refuse_closed, whole_tasks
from workflows.engine.queries.health import code_of_workers, work_is_stalled, worker_lives
from workflows.engine.queries.history import HistoryLine, history
from workflows.engine.queries.one_click import IN_BULK, QuickAnswer, quick_answers
from workflows.engine.queries.receipts import (
    DecisionReceipt,
    ReceiptChain,
    check_receipts,
    decision_receipt,
)
from workflows.engine.queries.task_news import Opened, TaskNews, events_since, news_of
from workflows.engine.queries.visible_data import (
    DataForm,
    TaskForm,
    TaskOutcome,
    forms_of_data,
    forms_of_rows,
    row_fields,
    task_form,
    visible_data,
)
from workflows.engine.tasks.ask import answer, ask, open_question, recall
from workflows.engine.tasks.assign import claim, eligible, reassign, release, take_over
from workflows.engine.tasks.comment import LONGEST as LONGEST_COMMENT
from workflows.engine.tasks.comment import comment, note_mention
from workflows.engine.tasks.decide import complete_human_task, override, undo
from workflows.engine.tasks.drafts import (
    discard_draft,
    find_draft,
    find_task_with_draft,
    save_draft,
    save_start_draft,
)
from workflows.engine.tasks.reopen import reopen
from workflows.engine.tasks.snooze import snooze, snoozed_until, unsnooze
from workflows.engine.webhooks.receive import Receipt, receive_webhook, webhook_step
from workflows.values.media_types import accepts_file

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
