"""The scene: the workflows that are registered and the people who take part."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from tests import people
from tests.chaos.crash_points.journey import Journey
from workflows import register


def set_scene(journeys: Iterable[Journey]) -> None:
    """Register the journeys' workflows, and make the people unless they are there."""
    for journey in journeys:
        for definition in (journey.definition, *journey.others):
            register(definition)
    for make in (people.ana, people.ben, people.cleo, people.admin):
        if not User.objects.filter(username=_name(make.__name__)).exists():
            make()


def _name(made_by: str) -> str:
    return "ada" if made_by == "admin" else made_by
