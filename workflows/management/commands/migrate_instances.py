"""`manage.py migrate_instances`: moves waiting instances to another version of their workflow."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError

from workflows import engine
from workflows.engine.instances.migration_plan import Migration
from workflows.exceptions import WorkflowError


class Command(BaseCommand):
    """Says what moving would mean, and does it when told `--yes`."""

    help = (
        "Says which instances would move to another version of their workflow, to which steps, "
        "and why others have to stay; with --yes, moves them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the versions and the mapping."""
        parser.add_argument("workflow", help="Name of the workflow.")
        parser.add_argument("from_version", metavar="from", help="The version they are on.")
        parser.add_argument("to_version", metavar="to", help="The version to move them to.")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            type=pair,
            metavar="OLD=NEW",
            help="A step that is called otherwise in the new version; may be given repeatedly.",
        )
        parser.add_argument(
            "--instance",
            action="append",
            dest="instances",
            type=UUID,
            metavar="ID",
            help="Only this instance; may be given repeatedly. Default: all that have not ended.",
        )
        parser.add_argument(
            "--ask-again",
            action="store_true",
            help="Ask open tasks anew whose form is another one, instead of refusing.",
        )
        parser.add_argument("--reason", default="", help="Kept in the instances' history.")
        parser.add_argument("--yes", action="store_true", help="Move them; else nothing changes.")

    def handle(self, *args: Any, yes: bool = False, **options: Any) -> None:
        """Preview or move, instance by instance."""
        try:
            answers = engine.migrate_instances(
                options["workflow"],
                options["from_version"],
                options["to_version"],
                mapping=dict(options["map"]),
                instances=options["instances"],
                ask_again=options["ask_again"],
                dry_run=not yes,
                reason=options["reason"],
                via="command",
            )
        except WorkflowError as error:
            raise CommandError(str(error)) from error
        for answer in answers:
            self.stdout.write(line(answer))
        staying = sum(bool(answer.refusals) for answer in answers)
        moving = len(answers) - staying
        if yes:
            self.stdout.write(f"{moving} moved, {staying} stayed.")
        else:
            self.stdout.write(
                f"{moving} would move, {staying} would stay. Nothing was changed: --yes moves them."
            )


def pair(text: str) -> tuple[str, str]:
    """Read `old=new`."""
    old, sign, new = text.partition("=")
    if not (old and sign and new):
        raise ArgumentTypeError(f"{text!r} is not of the form old=new.")
    return old, new


def line(answer: Migration) -> str:
    """Say of one instance where it goes, or why it stays."""
    name = f"{answer.instance.pk} ({answer.instance})"
    if answer.refusals:
        return f"{name} stays: {' '.join(answer.refusals)}"
    moves = (
        f"{move.path} → {move.to} ({'asked again' if move.asks_again else move.status})"
        for move in answer.moves
    )
    return f"{name}: {', '.join(moves)}"
