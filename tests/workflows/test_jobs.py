"""What django-q2 calls by name exists, and is scheduled once."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from django_q.models import Schedule

from workflows import queue


@pytest.mark.parametrize("name", [*queue.JOBS, settings.Q_CLUSTER["broker_class"]])
def test_every_name_leads_somewhere(name: str) -> None:
    assert callable(import_string(name))


@pytest.mark.django_db
def test_reconciliation_is_scheduled_once_however_many_workers_start() -> None:
    queue.schedule_reconciliation()
    queue.schedule_reconciliation()

    schedule = Schedule.objects.get()
    assert (schedule.func, schedule.schedule_type, schedule.minutes) == (queue.RECONCILE, "I", 1)
