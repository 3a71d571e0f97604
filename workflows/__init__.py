"""Workflows in Python: the words that an author of workflows writes.

The verbs are in `workflows.engine`, the rows in `workflows.models`; both need Django's app
registry and are imported from there.
"""

from __future__ import annotations

from workflows.context import StepRecord, WorkflowContext
from workflows.definition.definition import Edge, WorkflowDefinition
from workflows.definition.registry import register
from workflows.steps import (
    BaseGateway,
    BaseHumanStep,
    BaseMachineStep,
    ConditionalGroup,
    Outcome,
    Outcomes,
    ParallelGroup,
    RaceGroup,
    Retry,
    SequentialGroup,
    Step,
    StepType,
    SubWorkflow,
    TimerStep,
    WebhookStep,
)

__all__ = [
    "BaseGateway",
    "BaseHumanStep",
    "BaseMachineStep",
    "ConditionalGroup",
    "Edge",
    "Outcome",
    "Outcomes",
    "ParallelGroup",
    "RaceGroup",
    "Retry",
    "SequentialGroup",
    "Step",
    "StepRecord",
    "StepType",
    "SubWorkflow",
    "TimerStep",
    "WebhookStep",
    "WorkflowContext",
    "WorkflowDefinition",
    "register",
]
