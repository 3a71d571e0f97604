"""`manage.py qcluster`: django-q2's own command, with the parts of this site's cluster."""

from __future__ import annotations

from typing import Any

from django_q.management.commands import qcluster

from workflows import cluster


class Command(qcluster.Command):
    """Starts a cluster that survives the death of any of its processes."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        cluster.install()
        super().handle(*args, **options)
