"""Run workflows in tests without a worker, and register definitions for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workflows.definition.definition import WorkflowDefinition
from workflows.definition.registry import registry
from workflows.engine.maintenance.drain import drain

__all__ = ["drain", "registered"]


@contextmanager
def registered(*definitions: WorkflowDefinition) -> Iterator[None]:
    """Have these definitions registered within the block."""
    for definition in definitions:
        registry.register(definition)
    try:
        yield
    finally:
        for definition in definitions:
            registry.unregister(definition)
