"""Bring what is stored of versions up to the code of a process that starts."""

from __future__ import annotations

import json
import logging
import threading
from typing import Final

from django.db import connections

from workflows.definition.definition import WorkflowDefinition
from workflows.definition.registry import registry
from workflows.definition.validation import find_problems
from workflows.engine.definitions.snapshot import describe_definition
from workflows.engine.definitions.stored import code_of
from workflows.exceptions import UnknownWorkflow
from workflows.models import StoredDefinition

logger = logging.getLogger("workflows")

WAITS: Final = 5.0
"""Seconds for which a start waits for a database that does not answer."""


def refresh_definitions() -> int:
    """Store the texts and forms of this process's code; give the number of versions renewed.

    What runs with another graph under its version is left alone, and so is what cannot run.
    """
    renewed = 0
    for row in StoredDefinition.objects.filter(workflow__in={one.name for one in registry}):
        code = _code_of(row)
        if code is None:
            continue
        # What is compared has been through JSON on both sides.
        content = json.loads(json.dumps(describe_definition(code).content))
        if content != row.content:
            same_graph = StoredDefinition.objects.filter(pk=row.pk, fingerprint=row.fingerprint)
            renewed += same_graph.update(content=content)
    return renewed


def refresh_at_start(*, waits: float = WAITS) -> None:
    """Do so beside a start, which goes on without it where the database is away or not migrated.

    It has a thread and a connection of its own: servers may load a site within an event loop.
    """
    thread = threading.Thread(target=_try_to_refresh, daemon=True, name="refresh")
    thread.start()
    thread.join(waits)


def _code_of(row: StoredDefinition) -> WorkflowDefinition | None:
    try:
        code = code_of(row)
    except UnknownWorkflow:
        return None
    return None if find_problems(code) else code


def _try_to_refresh() -> None:
    try:
        refresh_definitions()
    except Exception:
        logger.info("Stored workflow versions could not be brought up to date.", exc_info=True)
    finally:
        connections.close_all()
