"""`manage.py work`: runs what is due in this very process, without django-q2."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from workflows.engine.maintenance.drain import drain
from workflows.worker.main import work_until_stopped


class Command(BaseCommand):
    """Works until stopped, or until nothing is due."""

    help = "Runs workflow steps in this process: until stopped, or until nothing is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take when to end."""
        parser.add_argument(
            "--until-idle", action="store_true", help="End as soon as nothing is due any more."
        )

    def handle(self, *args: Any, until_idle: bool = False, **options: Any) -> None:
        """Run steps."""
        if until_idle:
            self.stdout.write(f"Step executions run: {drain()}.")
        else:
            work_until_stopped()
