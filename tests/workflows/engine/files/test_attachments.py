"""Files are bound with what is submitted, and read by who sees the data that they are in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.workflows.definitions import Do, sequence
from tests.workflows.files import upload
from workflows import BaseHumanStep, SubWorkflow, WorkflowContext, WorkflowDefinition, engine
from workflows.engine import queries
from workflows.exceptions import InvalidSubmission, UnknownAttachment
from workflows.models import Attachment, HumanTask, WorkflowInstance
from workflows.testing import drain

Register = Callable[[WorkflowDefinition], WorkflowDefinition]
Run = Callable[..., WorkflowInstance]

FILE = {"type": "string", "format": "data-url"}
FORM = {
    "type": "object",
    "properties": {"scan": FILE, "pages": {"type": "array", "items": FILE}},
}
GONE = ["This file is no longer there. Choose it again."]


class Check(BaseHumanStep):
    """Asks Ben for a scan."""

    title = "Check"
    form_schema = FORM

    def get_assignee(self, context: WorkflowContext) -> str:
        """Ask Ben."""
        return "ben"


class Ask(Check):
    """Asks Ben, and shows him what was sent."""

    visible_data = ("contract",)


@pytest.fixture
def asked(register: Register) -> WorkflowDefinition:
    """Give a workflow that takes a contract and a secret, and asks Ben, who sees the contract."""
    return register(
        sequence(
            Ask(),
            name="asked",
            start_schema={
                "type": "object",
                "properties": {"contract": FILE, "secret": FILE, "note": {"type": "string"}},
            },
            visible_data=["contract"],
        )
    )


def start(user: User | None, **data: Any) -> WorkflowInstance:
    return engine.start_workflow("asked", initial_data=data, user=user)


def task_of(instance: WorkflowInstance) -> HumanTask:
    drain()
    return queries.find_task(instance_id=instance.pk, step_name="a")


def parked(user: User, name: str = "contract.pdf", form: str = "form") -> Attachment:
    return engine.park(user, form, upload(name=name))


@pytest.mark.usefixtures("asked", "ben")
def test_a_start_binds_its_files(ana: User) -> None:
    row, other = parked(ana), parked(ana, "other.pdf")

    instance = start(ana, contract=row.reference.text)

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.instance, row.task, row.bound_at) == (instance, None, instance.created_at)
    assert other.bound_at is None


@pytest.mark.usefixtures("asked")
def test_a_decision_binds_its_files(ana: User, ben: User) -> None:
    task = task_of(start(ana))
    scan, page = parked(ben), parked(ben, "page.pdf")
    data = {"scan": scan.reference.text, "pages": [page.reference.text]}

    engine.complete_human_task(task, user=ben, data=data, submission_id="once")

    for row in (scan, page):
        row.refresh_from_db()
        assert (row.instance, row.task) == (task.instance, task)
    again = engine.complete_human_task(task.pk, user=ben, data=data, submission_id="once")
    assert again.pk == task.pk


@pytest.mark.usefixtures("asked")
def test_a_decision_that_is_refused_binds_nothing(ana: User, ben: User) -> None:
    task = task_of(start(ana))
    scan, stolen = parked(ben), parked(ana)
    data = {"scan": scan.reference.text, "pages": ["data:,x", stolen.reference.text]}

    with pytest.raises(InvalidSubmission) as caught:
        engine.complete_human_task(task, user=ben, data=data)

    assert caught.value.errors == {"/pages/1": GONE}
    assert not Attachment.objects.exclude(bound_at=None).exists()
    task.refresh_from_db()
    assert task.is_open


@pytest.mark.usefixtures("asked", "ben")
def test_a_file_is_bound_once(ana: User) -> None:
    text = parked(ana).reference.text
    start(ana, contract=text)

    with pytest.raises(InvalidSubmission) as caught:
        start(ana, contract=text)

    assert caught.value.errors == {"/contract": GONE}
    assert WorkflowInstance.objects.count() == 1


@pytest.mark.usefixtures("asked", "ben")
def test_a_reference_that_says_something_else_is_refused(ana: User) -> None:
    text = parked(ana).reference.text

    for forged in (text.replace("contract", "c0ntract"), text.replace("/pdf", "/zip")):
        with pytest.raises(InvalidSubmission):
            start(ana, note=forged)


@pytest.mark.usefixtures("asked", "ben")
def test_a_start_that_is_repeated_gives_the_first_instance(ana: User) -> None:
    data = {"contract": parked(ana).reference.text}

    first, second = (
        engine.start_workflow("asked", initial_data=data, user=ana, key="k") for _ in range(2)
    )

    assert first == second


@pytest.mark.usefixtures("asked", "ben")
def test_code_may_start_with_any_file(ana: User) -> None:
    row = parked(ana)
    first = start(None, contract=row.reference.text)

    start(None, contract=row.reference.text)

    row.refresh_from_db()
    assert row.instance == first
    with pytest.raises(InvalidSubmission):
        start(None, contract=row.reference.text.replace(str(row.pk)[:8], "00000000"))


@pytest.mark.usefixtures("asked")
def test_who_sees_the_data_reads_its_files(ana: User, ben: User) -> None:
    contract, secret = parked(ana), parked(ana, "secret.pdf")
    task = task_of(start(ana, contract=contract.reference.text, secret=secret.reference.text))

    assert queries.find_attachment(ben, contract.pk, task) == contract
    with pytest.raises(UnknownAttachment):
        queries.find_attachment(ben, secret.pk, task)
    for row in (contract, secret):
        assert queries.find_attachment(ana, row.pk, task.instance) == row
        with pytest.raises(UnknownAttachment):
            queries.find_attachment(ana, row.pk, None)


@pytest.mark.usefixtures("asked")
def test_a_parked_file_is_its_senders_alone(ana: User, ben: User, admin: User) -> None:
    row = parked(ana)
    task = task_of(start(ana))

    assert queries.find_attachment(ana, row.pk, None) == row
    assert queries.find_attachment(ana, row.pk, task) == row
    for other in (ben, admin):
        with pytest.raises(UnknownAttachment):
            queries.find_attachment(other, row.pk, task)


@pytest.mark.usefixtures("asked")
def test_a_file_is_read_through_its_own_instance_only(ana: User, ben: User) -> None:
    row = parked(ana)
    start(ana, contract=row.reference.text)
    other = task_of(start(ana))
    WorkflowInstance.objects.filter(pk=other.instance_id).update(
        data={"contract": row.reference.text}
    )

    for user, of in (
        (ben, queries.find_task(other.pk)),
        (ana, queries.find_task(other.pk).instance),
    ):
        with pytest.raises(UnknownAttachment):
            queries.find_attachment(user, row.pk, of)


def test_files_go_along_to_what_a_step_starts_and_back(
    ana: User, ben: User, register: Register
) -> None:
    register(
        sequence(
            Ask(),
            name="child",
            start_schema={"type": "object", "properties": {"contract": FILE}},
            visible_data=["contract"],
        )
    )
    register(
        sequence(
            SubWorkflow("child"),
            Do(lambda context: context.set("scan", context.previous_result["scan"])),
            name="asked",
            visible_data=["contract", "scan"],
        )
    )
    contract, scan = parked(ana), parked(ben, "scan.pdf")
    parent = start(ana, contract=contract.reference.text)
    drain()
    child = HumanTask.objects.get()
    task = queries.find_task(child.pk)

    assert queries.find_attachment(ben, contract.pk, task) == contract
    engine.complete_human_task(task, user=ben, data={"scan": scan.reference.text})
    drain()
    parent.refresh_from_db()
    assert queries.find_attachment(ana, scan.pk, parent) == scan
