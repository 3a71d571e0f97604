"""What django-q2 calls by name exists, and is scheduled once."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from django_q.models import Schedule

from tests.workflows.engine.test_races import at_once
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


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_workers_that_start_together_schedule_each_job_once() -> None:
    for _ in range(10):
        Schedule.objects.all().delete()

        at_once(*[schedules.schedule_jobs] * 6)

        found = Schedule.objects.order_by("func").values_list("func", flat=True)
        assert list(found) == [schedules.RECONCILE, schedules.SWEEP]


@pytest.mark.django_db
def test_of_several_schedules_for_one_job_the_first_stays_as_it_is() -> None:
    first, _second = (
        Schedule.objects.create(func=schedules.SWEEP, schedule_type=Schedule.MINUTES, minutes=n)
        for n in (7, 60)
    )

    schedules.schedule_jobs()

    kept = Schedule.objects.filter(func=schedules.SWEEP)
    assert list(kept.values_list("pk", "minutes")) == [(first.pk, 7)]
