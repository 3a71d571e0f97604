"""What was chosen of a list: each task with the revision of its data that was shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from workflows.engine import queries
from workflows.models import HumanTask

MOST: Final = 100
"""How many tasks can be acted on at once."""

VIEWS: Final = {
    "mine": ("decide", "hand_over", "snooze"),
    "team": ("decide", "claim", "snooze"),
    "snoozed": ("decide", "claim", "hand_over", "snooze"),
    "all": ("decide", "claim", "hand_over", "snooze"),
}
"""The lists that one can choose from, and what can be done with what is in them."""


@dataclass(frozen=True)
class Pick:
    """One task that was chosen, as a checkbox sends it."""

    task_id: UUID
    revision: int

    def __str__(self) -> str:
        return f"{self.task_id.hex}.{self.revision}"

    @classmethod
    def of(cls, task: HumanTask) -> Pick:
        """Give a task as it is shown now."""
        return cls(task.pk, task.instance.data_revision)

    @classmethod
    def read(cls, text: str) -> Pick | None:
        """Give what a checkbox has sent; none for anything else."""
        parts = re.fullmatch(r"([0-9a-f]{32})\.([0-9]{1,9})", text)
        return cls(UUID(parts[1]), int(parts[2])) if parts else None


def listed_form(task: HumanTask) -> str:
    """Name the form that a task has now, as the page posts that lists it to be decided."""
    return f"{task.pk.hex}.{queries.task_form(task).fingerprint}"


def picks_in(texts: Iterable[str]) -> list[Pick]:
    """Give what was chosen, each task once, in the order of the list."""
    found = [pick for pick in map(Pick.read, texts) if pick is not None]
    return [*{pick.task_id: pick for pick in found}.values()]
