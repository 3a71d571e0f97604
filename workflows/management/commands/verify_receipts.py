"""`manage.py verify_receipts`: looks whether the receipts of all decisions still fit."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.db.models import Exists, OuterRef, Q, QuerySet

from workflows.engine import queries
from workflows.models import Event, WorkflowInstance

AT_ONCE = 200


class Command(BaseCommand):
    """Names every receipt that does not fit; what it returns says whether there is one."""

    help = (
        "Computes the sums of all decisions' receipts again, follows their chains, and compares "
        "them with the history. It tells of changes by anybody who did not compute all sums anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the instances to look at."""
        parser.add_argument(
            "instances", nargs="*", type=UUID, metavar="instance", help="Default: all of them."
        )

    def handle(self, *args: Any, instances: list[UUID], **options: Any) -> None:
        """Look at one instance after the other."""
        count = broken = 0
        for instance in _chosen(instances).iterator(chunk_size=AT_ONCE):
            chain = queries.check_receipts(instance)
            count += len(chain.receipts)
            broken += bool(chain.problems)
            for problem in chain.problems:
                self.stdout.write(f"{instance.pk} {problem}")
        self.stdout.write(f"{count} receipts were checked.")
        if broken:
            raise CommandError(f"The receipts of {broken} instances do not fit.")


def _chosen(instances: list[UUID]) -> QuerySet[WorkflowInstance]:
    rows = WorkflowInstance.objects.defer("data", "metadata", "visits").order_by("pk")
    if instances:
        return rows.filter(pk__in=instances)
    return rows.filter(Q(last_receipt__isnull=False) | Q(Exists(_with_receipts())))


def _with_receipts() -> QuerySet[Event]:
    """Give events with a receipt of the instance at hand, which may have forgotten them."""
    return Event.objects.filter(instance=OuterRef("pk"), data__has_key="receipt")
