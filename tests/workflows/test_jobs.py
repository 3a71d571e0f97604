"""What django-q2 calls by name exists, and is scheduled once."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from django_q.models import Schedule

from workflows.worker import schedules


@pytest.mark.parametrize("name", [*schedules.JOBS, settings.Q_CLUSTER["broker_class"]])
def test_every_name_leads_somewhere(name: str) -> None:
    assert callable(import_string(name))


@pytest.mark.django_db
def test_what_is_done_again_and_again_is_scheduled_once_however_many_workers_start() -> None:
    schedules.schedule_jobs()
    schedules.schedule_jobs()

    found = Schedule.objects.order_by("minutes").values_list("func", "schedule_type", "minutes")
    assert list(found) == [(schedules.RECONCILE, "I", 1), (schedules.SWEEP, "I", 60)]
