"""The one flow: somebody starts it, and somebody of a team approves it."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.flow.views import CreateProcessView, UpdateProcessView

from benchmarks.viewflow_site.models import Expense


def of_team(activation: Any) -> str:
    """Give the permission of the team that an expense goes to."""
    return str(activation.process.data["team"])


class ExpenseFlow(flow.Flow):
    """Start, approve, end."""

    process_class = Expense
    process_summary_template = "{{ process.title }}"

    start = flow.Start(CreateProcessView.as_view(fields=["title"])).Next(this.approve)
    approve = (
        flow.View(UpdateProcessView.as_view(fields=["approved", "comment"]))
        .Annotation(title="Approve expense", summary_template="{{ process.title }}")
        .Permission(of_team)
        .Next(this.end)
    )
    end = flow.End()
