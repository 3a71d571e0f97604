"""Races about files: who binds one, whether it is swept first, and forms that are sent twice."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage

from tests.workflows.definitions import Note, sequence
from tests.workflows.engine.test_races import at_once
from tests.workflows.files import upload
from workflows import engine
from workflows.engine.maintenance import cleanup
from workflows.engine.store import clock
from workflows.exceptions import InvalidSubmission
from workflows.models import Attachment, WorkflowInstance
from workflows.testing import registered

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS = 6


@pytest.fixture(autouse=True)
def disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep files on a disk: that in memory is not made for several threads."""
    field = Attachment._meta.get_field("file")
    monkeypatch.setattr(field, "storage", FileSystemStorage(tmp_path))
    return tmp_path


def start(user: User, row: Attachment) -> WorkflowInstance:
    data = {"contract": row.reference.text}
    return engine.start_workflow("files", initial_data=data, user=user)


def files(disk: Path) -> set[str]:
    """Give the ids of all files on the disk."""
    return {path.name for path in disk.rglob("*") if path.is_file()}


def test_of_two_starts_with_the_same_file_one_wins(ana: User) -> None:
    with registered(sequence(Note(), name="files")):
        for number in range(ROUNDS):
            row = engine.park(ana, f"form {number}", upload())

            answers = at_once(*[partial(start, ana, row)] * 2)

            assert sorted(type(answer).__name__ for answer in answers) == [
                "InvalidSubmission",
                "WorkflowInstance",
            ]
    assert WorkflowInstance.objects.count() == ROUNDS


def test_a_file_is_submitted_or_swept_and_never_half_of_both(ana: User, disk: Path) -> None:
    with registered(sequence(Note(), name="files")):
        for number in range(ROUNDS):
            with clock.at(clock.now() - timedelta(hours=25)):
                row = engine.park(ana, f"form {number}", upload())

            started, swept = at_once(partial(start, ana, row), cleanup.sweep)

            if isinstance(started, InvalidSubmission):
                assert swept.abandoned == 1
                assert not Attachment.objects.filter(pk=row.pk).exists()
            else:
                row.refresh_from_db()
                assert (swept.abandoned, row.instance) == (0, started)
    assert files(disk) == {str(row.pk) for row in Attachment.objects.all()}


def test_a_form_that_is_sent_twice_at_once_stores_its_file_once(ana: User, disk: Path) -> None:
    for number in range(ROUNDS):
        send = [partial(engine.park, ana, f"form {number}", upload()) for _ in range(2)]

        first, second = at_once(*send)

        assert first == second
    assert files(disk) == {str(row.pk) for row in Attachment.objects.all()}
    assert len(files(disk)) == ROUNDS
