"""Viewflow's own pages of the flow."""

from __future__ import annotations

from django.urls import path
from viewflow.urls import Site
from viewflow.workflow.flow import FlowAppViewset

from benchmarks.viewflow_site.flows import ExpenseFlow

site = Site(title="Expenses", viewsets=[FlowAppViewset(ExpenseFlow, icon="assignment")])
urlpatterns = [path("", site.urls)]
