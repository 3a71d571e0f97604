"""What a workflow is made of: one file per kind of step, in plain Python.

In: a context. Out: what an author's subclass answers: assignees, delays, results, choices.
"""

from __future__ import annotations

from workflows.steps.base import Retry, Step, StepType
from workflows.steps.gateway import BaseGateway
from workflows.steps.groups import ConditionalGroup, ParallelGroup, RaceGroup, SequentialGroup
from workflows.steps.human import BaseHumanStep, Outcome, Outcomes
from workflows.steps.machine import BaseMachineStep
from workflows.steps.sub_workflow import SubWorkflow
from workflows.steps.timer import TimerStep
from workflows.steps.webhook import WebhookStep

__all__ = [
    "BaseGateway",
    "BaseHumanStep",
    "BaseMachineStep",
    "ConditionalGroup",
    "Outcome",
    "Outcomes",
    "ParallelGroup",
    "RaceGroup",
    "Retry",
    "SequentialGroup",
    "Step",
    "StepType",
    "SubWorkflow",
    "TimerStep",
    "WebhookStep",
]
