"""Says in words what the picture shows, for tooltips and for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tasks_ui.graph.model import GraphInput, GraphStep, StepKind, StepState
from tasks_ui.graph.text import clean

KIND_NAMES: dict[StepKind, Promise] = {
    StepKind.MACHINE: gettext_lazy("automatic step"),
    StepKind.HUMAN: gettext_lazy("step for a person"),
    StepKind.GATEWAY: gettext_lazy("decision point"),
    StepKind.TIMER: gettext_lazy("timer"),
    StepKind.WEBHOOK: gettext_lazy("webhook"),
    StepKind.GROUP: gettext_lazy("group of steps"),
    StepKind.WORKFLOW: gettext_lazy("another workflow"),
}

STATE_NAMES: dict[StepState, Promise] = {
    StepState.PENDING: gettext_lazy("not reached"),
    StepState.RUNNING: gettext_lazy("running"),
    StepState.WAITING: gettext_lazy("waiting"),
    StepState.DONE: gettext_lazy("done"),
    StepState.FAILED: gettext_lazy("failed"),
    StepState.SKIPPED: gettext_lazy("skipped"),
    StepState.CANCELED: gettext_lazy("canceled"),
}


def describe(graph: GraphInput) -> str:
    """Return a sentence such as "3 steps done; now at Manager approval."."""
    leaves = [leaf for step in graph.steps for leaf in step.leaves()]
    done = sum(leaf.state is StepState.DONE for leaf in leaves)
    here = _names(leaf for leaf in leaves if leaf.is_here)
    failed = _names(leaf for leaf in leaves if leaf.state is StepState.FAILED)
    if all(leaf.state is StepState.PENDING for leaf in leaves):
        return ngettext("%(count)d step.", "%(count)d steps.", len(leaves)) % {"count": len(leaves)}
    parts = [ngettext("%(count)d step done", "%(count)d steps done", done) % {"count": done}]
    if failed:
        parts.append(_("failed at %(steps)s") % {"steps": failed})
    if here:
        parts.append(_("now at %(steps)s") % {"steps": here})
    return "; ".join(parts) + "."


def tooltip(step: GraphStep) -> str:
    """Return what a box means in full, also where its label was shortened."""
    parts = [str(KIND_NAMES[step.kind]), str(STATE_NAMES[step.state])]
    if step.visits > 1:
        visits = ngettext("%(count)d visit", "%(count)d visits", step.visits)
        parts.append(visits % {"count": step.visits})
    return _("%(step)s: %(facts)s") % {"step": clean(step.text), "facts": ", ".join(parts)}


def _names(leaves: Iterable[GraphStep]) -> str:
    return ", ".join(clean(leaf.text) for leaf in leaves)
