"""Webhooks in a group made by `for_each`: each item has an address of its own."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.workflows.definitions import Do, sequence
from tests.workflows.engine.run.test_for_each import NAMES, Call, Run, result_of
from workflows import (
    BaseMachineStep,
    ParallelGroup,
    SequentialGroup,
    WorkflowContext,
    engine,
)
from workflows.exceptions import UnknownToken
from workflows.models import StepExecution
from workflows.testing import drain


class TellAddress(BaseMachineStep):
    """Gives its item's address away."""

    def execute(self, context: WorkflowContext) -> str:
        """Name the address of the call that comes next in the same item."""
        return context.webhook_url("a/of_item/call")


def token_in(url: str) -> str:
    """Give the last part of an address."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def test_each_item_has_a_webhook_address_of_its_own(run: Run) -> None:
    each = SequentialGroup(TellAddress(), Call(), name="of_item")
    instance = run(
        sequence(ParallelGroup.for_each(NAMES, each)), initial_data={"names": ["x", "y"]}
    )

    told = StepExecution.objects.filter(path="a/of_item/tell_address").order_by("id")
    first, second = (token_in(str(row.result)) for row in told)
    assert first != second
    engine.receive_webhook(second, "for y")
    engine.receive_webhook(first, "for x")
    with pytest.raises(UnknownToken):
        engine.receive_webhook(first, "again")
    drain()
    instance.refresh_from_db()
    assert result_of("a") == ["for x", "for y"]
    assert instance.status == "completed"


def test_a_call_that_comes_before_its_item_listens_is_kept(run: Run) -> None:
    told: list[str] = []

    def call_early(context: WorkflowContext) -> None:
        told.append(token_in(context.webhook_url("a/of_item/call")))
        engine.receive_webhook(told[-1], context.item)

    each = SequentialGroup(Do(call_early), Call(), name="of_item")
    run(sequence(ParallelGroup.for_each(NAMES, each)), initial_data={"names": ["x", "y"]})

    assert result_of("a") == ["x", "y"]


def test_outside_of_its_item_a_webhook_has_no_address(run: Run) -> None:
    ask = Do(lambda context: context.webhook_url("b/call"))
    instance = run(sequence(ask, ParallelGroup.for_each("[1]", Call())))

    assert "has an address per item" in instance.error
