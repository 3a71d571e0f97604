"""What steps are called in another version of their workflow: paths under a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.models.events import Event

MIGRATED = "instance.migrated"


def rename(mapping: Mapping[str, str], path: str) -> str:
    """Give the path that a step, or a row named after one, has under a mapping.

    The longest entry counts: what maps a group maps the steps inside it too. What comes after
    a `#` (a reminder, an item) stays.
    """
    step, mark, rest = path.partition("#")
    known, inside = step, ""
    while known not in mapping:
        known, slash, last = known.rpartition("/")
        if not slash:
            return path
        inside = f"/{last}{inside}"
    return f"{mapping[known]}{inside}{mark}{rest}"


def renamed_since(instance_id: Any, path: str) -> str:
    """Give what a path that an instance once had is called after its migrations."""
    moves = Event.objects.filter(instance_id=instance_id, kind=MIGRATED).order_by("seq")
    for data in moves.values_list("data", flat=True):
        path = rename(data["mapping"], path)
    return path
