"""Makes the demo: first the people, then everything that they have done."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from workflows.engine.store.clock import now
from workflows.examples.demo import documents, expenses, onboardings, orders
from workflows.examples.demo.people import find_people, make_people
from workflows.examples.demo.stage import Scene, Story, play

SEED: Final = 7

STORIES: Final[tuple[tuple[Callable[[Scene], Story], int], ...]] = (
    *expenses.STORIES,
    *documents.STORIES,
    *orders.STORIES,
    *onboardings.STORIES,
)
"""What happens, and how often."""


@transaction.atomic
def make_demo() -> dict[str, str]:
    """Make everything, or nothing; gives the password per username."""
    passwords = make_people()
    present = now()
    with silence():
        play(tell(find_people(), present), until=present)
    return passwords


@contextmanager
def silence() -> Iterator[None]:
    """Keep the failures that belong to the stories out of the log."""
    logger = logging.getLogger("workflows")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def tell(people: dict[str, User], present: datetime) -> Iterator[Story]:
    """Give every story, each with its own chance, so that each is the same in every demo."""
    for story, count in STORIES:
        # Chance makes titles and hours here, no secrets.
        seed = f"{SEED} {story.__module__} {story.__name__}"
        first = random.Random(seed).randrange(100)  # noqa: S311
        for number in range(count):
            chance = random.Random(f"{seed} {number}")  # noqa: S311
            yield story(Scene(present, people, chance, first + number))
