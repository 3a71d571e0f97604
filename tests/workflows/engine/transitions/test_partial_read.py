"""Groups of very many children: what the start and the end of one cost."""

from __future__ import annotations

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.workflows.definitions import sequence
from tests.workflows.engine.run.test_for_each import Call, Fragile, Run
from workflows import (
    ParallelGroup,
    SequentialGroup,
    engine,
)
from workflows.engine.definitions.stored import runnable_ids
from workflows.engine.maintenance.drain import LEASE
from workflows.engine.queue.claims import claim
from workflows.engine.run.finish import finish
from workflows.engine.run.perform import perform
from workflows.engine.store import clock
from workflows.engine.transitions.transition import lock_one
from workflows.engine.work.load import load
from workflows.models import StepExecution
from workflows.testing import registered


def test_a_failure_is_remembered_until_the_last_of_many_has_ended(run: Run) -> None:
    Fragile.broken = {"0"}
    items = [str(number) for number in range(45)]
    group = ParallelGroup.for_each(lambda context: items, Fragile(), on_child_failure="wait")
    instance = run(sequence(group))

    assert StepExecution.objects.get(path="a").status == "failed"
    assert StepExecution.objects.filter(status="succeeded").count() == 44
    assert instance.error == "a/fragile: ValueError: 0 is broken"


def test_the_end_of_one_of_many_reads_no_more_than_the_end_of_one_of_few(run: Run) -> None:
    each = SequentialGroup(Call(), name="of_item")
    read = []
    for count in (2, 40):
        group = ParallelGroup.for_each(lambda context, n=count: range(n), each)  # type: ignore[misc]
        instance = run(sequence(group, name=f"of_{count}"))
        called = StepExecution.objects.filter(instance=instance, path="a/of_item/call").first()
        assert called is not None
        with transaction.atomic():
            transition = lock_one(instance.pk, clock.now())
            transition.ends = {called.pk: False}
            read.append(sorted(row.path for row in transition.rows.values()))
            assert transition.board.instance_status() == "waiting"
            transition.ends = {called.pk: True}
            del transition.__dict__["rows"]
            assert len(transition.rows) == 2 * count + 1

    assert read == [["a", "a/of_item", "a/of_item/call"]] * 2


def test_many_children_are_opened_by_as_few_statements_as_one(run: Run) -> None:
    counted = []
    for count in (1, 400):
        group = ParallelGroup.for_each(lambda context, n=count: range(n), Call())  # type: ignore[misc]
        definition = sequence(group, name=f"opened_{count}")
        with registered(definition):
            engine.start_workflow(definition.name)
            (work,) = load(claim("w", 1, lease=LEASE, definitions=runnable_ids().keys()))
            report = async_to_sync(perform)(work)
            with CaptureQueriesContext(connection) as captured:
                finish([report])
            counted.append(len(captured))
        StepExecution.objects.active().update(status="canceled")

    assert counted[0] == counted[1]
