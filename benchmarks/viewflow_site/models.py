"""What an expense says: fields of Viewflow's that live in the process's own row."""

from __future__ import annotations

from viewflow import jsonstore
from viewflow.workflow.models import Process


class Expense(Process):
    """One expense and what became of it."""

    title = jsonstore.CharField(max_length=200)
    approved = jsonstore.BooleanField(default=False)
    comment = jsonstore.CharField(max_length=500, blank=True)

    class Meta:
        proxy = True
