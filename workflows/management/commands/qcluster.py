"""`manage.py qcluster`: django-q2's own command, with the parts of this site's cluster."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django_q.management.commands import qcluster

from workflows.cluster import install
from workflows.worker import outages


class Command(qcluster.Command):
    """Starts a cluster that survives the death of any of its processes."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        install.install()
        # django-q2's sentinel ends when it cannot reach the database as it starts.
        outages.wait_for_database()
        outages.database.is_over()
        connections.close_all()
        super().handle(*args, **options)
