"""Two versions of a workflow, of which VERSIONS names those whose code a process has."""

from __future__ import annotations

import os

from tests.durability.scenarios.definitions import Answer, Note
from workflows import Edge, WorkflowDefinition

first = WorkflowDefinition(
    name="durable_version",
    version="1",
    description="A call between two steps.",
    steps={"before": Note(), "answer": Answer(), "after": Note()},
    edges=[Edge("before", "answer"), Edge("answer", "after")],
    initial_step="before",
    terminal_steps={"after"},
)
second = WorkflowDefinition(
    name="durable_version",
    version="2",
    description="The same with one step more.",
    steps={"before": Note(), "call": Answer(), "check": Note(), "after": Note()},
    edges=[Edge("before", "call"), Edge("call", "check"), Edge("check", "after")],
    initial_step="before",
    terminal_steps={"after"},
)


def here() -> list[WorkflowDefinition]:
    """Give the versions that this process is to have: all, unless VERSIONS says which."""
    wanted = os.environ.get("VERSIONS", "1 2").split()
    return [definition for definition in (first, second) if definition.version in wanted]
