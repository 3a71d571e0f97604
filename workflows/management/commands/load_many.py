"""`manage.py load_many`: fills an empty database with a million tasks, to see how lists bear it."""

from __future__ import annotations

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management import BaseCommand, CommandError

from workflows.demo.many import AUDITOR, LEAD, NEWCOMER, REVIEWER, Size, load_many
from workflows.models import WorkflowInstance

PEOPLE = {
    REVIEWER: "reviews for six groups",
    LEAD: "leads twenty-five groups",
    NEWCOMER: "has no group and an empty inbox",
    AUDITOR: "may see and do everything",
}


class Command(BaseCommand):
    """Loads many tasks."""

    help = "Fills an empty database with many tasks of many people; for trying out and measuring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many of everything."""
        usual = Size()
        for name, what in (
            ("tasks", "tasks, each of a request of its own"),
            ("open", "of them open"),
            ("people", "people"),
            ("groups", "groups"),
            ("seed", "from which everything is drawn"),
        ):
            given = getattr(usual, name)
            parser.add_argument(f"--{name}", type=int, default=given, help=f"{what} ({given:,})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill the database, unless there is something in it."""
        size = Size(
            **{name: options[name] for name in ("tasks", "open", "people", "groups", "seed")}
        )
        if min(size.tasks, size.people, size.groups) < 1 or not 0 <= size.open <= size.tasks / 2:
            raise CommandError(
                "There must be at least one task, person and group, and at most half of the tasks "
                "can be open."
            )
        if WorkflowInstance.objects.exists():
            raise CommandError(
                "This database has requests in it. Set DATA_DIR to an empty folder, or "
                "DATABASE_URL to an empty database."
            )
        started = monotonic()
        load_many(size, lambda what: self.stdout.write(f"{monotonic() - started:6.1f} s  {what}"))
        self.stdout.write("Nobody has a password yet: see `manage.py changepassword`.")
        for number, does in PEOPLE.items():
            self.stdout.write(f"  person{number:04}  {does}")
