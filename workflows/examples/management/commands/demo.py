"""`manage.py demo`: fills an empty database with people and requests to look at."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import BaseCommand, CommandError

from workflows.examples.demo.building import make_demo
from workflows.examples.demo.people import EVERYBODY
from workflows.examples.demo.removal import remove_demo
from workflows.models import WorkflowInstance


class Command(BaseCommand):
    """Makes the demo, or takes it away."""

    help = "Makes people who approve things and 200 requests, in an empty database under DEBUG."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument(
            "--remove",
            action="store_true",
            help="Delete the demo's people and every request that they took part in.",
        )

    def handle(self, *args: Any, remove: bool = False, **options: Any) -> None:
        """Make or remove, each in one transaction."""
        if remove:
            self._remove()
        else:
            refuse()
            self._print(make_demo())

    def _remove(self) -> None:
        removed = remove_demo()
        if not removed.people and not removed.instances:
            raise CommandError("There is no demo in this database.")
        self.stdout.write(f"Removed {removed.people} people and {removed.instances} requests.")

    def _print(self, passwords: dict[str, str]) -> None:
        self.stdout.write("Demo people, with passwords that are shown only this once:")
        for person in EVERYBODY:
            password = passwords[person.username]
            self.stdout.write(f"  {person.username:<6}  {password}  {person.does}")


def refuse() -> None:
    """Raise CommandError where the demo has no place."""
    if not settings.DEBUG:
        raise CommandError("The demo is for development only: set DEBUG=1.")
    people, requests = User.objects.count(), WorkflowInstance.objects.count()
    if people or requests:
        raise CommandError(
            f"The demo needs an empty database, and this one has {people} people and {requests} "
            "requests. Remove an old demo with `manage.py demo --remove`, or set DATA_DIR to an "
            "empty folder."
        )
