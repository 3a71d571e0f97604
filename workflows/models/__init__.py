"""What the database remembers: one file per aggregate.

In: values that verbs have decided on. Out: rows, with the constraints that keep them sound.
"""

from __future__ import annotations

from workflows.models.attachments import Attachment
from workflows.models.definitions import StoredDefinition
from workflows.models.drafts import Draft
from workflows.models.events import Event
from workflows.models.incidents import Incident, IncidentKind
from workflows.models.instances import InstanceStatus, WorkflowInstance
from workflows.models.limits import Permit, StepLimit
from workflows.models.questions import Question
from workflows.models.step_executions import ExecutionStatus, Phase, StepExecution
from workflows.models.tasks import HumanTask, Relation, TaskAccess, TaskStatus
from workflows.models.webhooks import WebhookToken
from workflows.models.words import TaskWord
from workflows.models.workers import Worker

__all__ = [
    "Attachment",
    "Draft",
    "Event",
    "ExecutionStatus",
    "HumanTask",
    "Incident",
    "IncidentKind",
    "InstanceStatus",
    "Permit",
    "Phase",
    "Question",
    "Relation",
    "StepExecution",
    "StepLimit",
    "StoredDefinition",
    "TaskAccess",
    "TaskStatus",
    "TaskWord",
    "WebhookToken",
    "Worker",
    "WorkflowInstance",
]
