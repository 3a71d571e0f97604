"""Files that nobody submitted go after a day, and so do those whose rows are gone; no others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage

from tests.workflows.files import upload
from workflows import engine, jobs
from workflows.engine.maintenance import cleanup
from workflows.engine.store import clock
from workflows.models import Attachment
from workflows.values.ids import uuid7


@pytest.fixture(autouse=True)
def storage(monkeypatch: pytest.MonkeyPatch) -> Storage:
    """Give a storage with nothing of other tests in it."""
    empty = InMemoryStorage()
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", empty)
    return empty


def bound(user: User) -> Attachment:
    """Give a file that was submitted."""
    row = engine.park(user, "form", upload(name="bound.pdf"))
    data = {"title": row.reference.text, "amount": 5, "category": "travel"}
    engine.start_workflow("expense_approval", initial_data=data, user=user)
    return row


def later(**time: int) -> Any:
    return clock.at(clock.now() + timedelta(**time))


def test_what_was_parked_goes_after_a_day_with_its_file(ana: User, storage: Storage) -> None:
    row, kept = engine.park(ana, "form", upload()), bound(ana)

    with later(hours=23):
        assert cleanup.sweep() == cleanup.Swept(abandoned=0, without_a_row=0)
    with later(hours=25):
        assert cleanup.sweep() == cleanup.Swept(abandoned=1, without_a_row=0)

    assert not storage.exists(row.file.name or "")
    assert storage.exists(kept.file.name or "")
    assert list(Attachment.objects.all()) == [kept]


def test_what_a_draft_names_stays_as_long_as_the_draft(
    ana: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleanup, "AT_ONCE", 2)
    kept, *gone = [engine.park(ana, f"form {number}", upload()) for number in range(4)]
    fields = {"d/receipt": [f"signature:{kept.reference.text}"]}
    engine.save_start_draft("expense_approval", user=ana, fields=fields, form="f")
    others = {"d/receipt": [f"signature:{gone[0].reference.text}"]}
    engine.save_start_draft("expense_approval", user=ben, fields=others, form="f")

    with later(hours=25):
        assert cleanup.sweep().abandoned == 3
        assert list(Attachment.objects.all()) == [kept]
        engine.discard_draft(ana, workflow="expense_approval")
        assert cleanup.sweep().abandoned == 1


def test_files_without_a_row_go_after_a_day(ana: User, storage: Storage) -> None:
    row, kept = engine.park(ana, "form", upload()), bound(ana)
    Attachment.objects.filter(pk=row.pk).delete()

    with later(hours=23):
        assert cleanup.sweep().without_a_row == 0
    with later(hours=25):
        assert cleanup.sweep().without_a_row == 1

    assert not storage.exists(row.file.name or "")
    assert storage.exists(kept.file.name or "")


def test_old_folders_are_looked_at_once_a_day(ana: User, storage: Storage) -> None:
    row = engine.park(ana, "form", upload())
    Attachment.objects.filter(pk=row.pk).delete()
    at_midnight = (clock.now() + timedelta(days=30)).replace(hour=0)

    found = []
    for hour in range(24):
        with clock.at(at_midnight + timedelta(hours=hour)):
            found.append(cleanup.sweep().without_a_row)

    assert sum(found) == 1


def test_what_others_keep_there_is_left_alone(storage: Storage, db: None) -> None:
    paths = ["attachments/2020-01-01/readme", f"attachments/notes/{uuid7()}", "attachments/x"]
    for path in paths:
        storage.save(path, ContentFile(b"x"))

    cleanup.sweep()

    assert all(storage.exists(path) for path in paths)


def test_a_sweep_that_dies_between_row_and_file_is_finished_by_the_next(
    ana: User, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = engine.park(ana, "form", upload())

    with later(hours=25), monkeypatch.context() as patch:
        patch.setattr(cleanup, "_delete", lambda *_arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            cleanup.sweep()
    assert not Attachment.objects.exists()
    assert storage.exists(row.file.name or "")

    with later(hours=25):
        jobs.sweep()
    assert not storage.exists(row.file.name or "")


def test_a_file_that_cannot_be_deleted_is_tried_again(
    ana: User, storage: Storage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    row = engine.park(ana, "form", upload())

    def fail(name: str) -> None:
        raise OSError("The disk is away.")

    with later(hours=25):
        with monkeypatch.context() as patch:
            patch.setattr(storage, "delete", fail)
            cleanup.sweep()
        assert "will be tried again" in caplog.text
        assert cleanup.sweep() == cleanup.Swept(abandoned=0, without_a_row=1)
    assert not storage.exists(row.file.name or "")


def test_more_than_one_batch_is_swept(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleanup, "AT_ONCE", 2)
    for number in range(5):
        engine.park(ana, "form", upload(name=f"{number}.pdf"))

    with later(hours=25):
        assert cleanup.sweep().abandoned == 5


def test_nothing_to_sweep_is_nothing_wrong(db: None) -> None:
    assert cleanup.sweep() == cleanup.Swept(abandoned=0, without_a_row=0)
