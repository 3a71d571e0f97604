"""A file is stored once per form, as what its content says, within limits."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import Settings

from tests.workflows.files import PDF, PNG, upload
from workflows import engine, signals
from workflows.engine.files import upload as parking
from workflows.exceptions import FileRefused
from workflows.models import Attachment


def refusal(*arguments: Any, **more: Any) -> str:
    """Give the reason for which a file is not stored; nothing of it may stay behind."""
    with pytest.raises(FileRefused) as caught:
        engine.park(*arguments, **more)
    return caught.value.reason


def stored_files() -> list[str]:
    """Give the paths of all files in the storage."""
    if not default_storage.exists("attachments"):
        return []
    days = default_storage.listdir("attachments")[0]
    return [name for day in days for name in default_storage.listdir(f"attachments/{day}")[1]]


def test_a_file_is_kept_as_what_it_is(ana: User) -> None:
    row = engine.park(ana, "form", upload(PNG, "../pay\u202eslip.pdf", "application/pdf"))

    assert (row.name, row.content_type, row.size) == ("payslip.pdf", "image/png", len(PNG))
    assert (row.uploaded_by, row.form_token, row.bound_at) == (ana, "form", None)
    assert row.file.name == f"attachments/{timezone.now().date()}/{row.pk}"
    with row.file.open("rb") as file:
        assert file.read() == PNG
    assert Attachment.objects.get() == row


def test_the_same_file_twice_in_one_form_is_stored_once(ana: User, ben: User) -> None:
    first = engine.park(ana, "form", upload())

    assert engine.park(ana, "form", upload()) == first
    others = [
        engine.park(ana, "another form", upload()),
        engine.park(ben, "form", upload()),
        engine.park(ana, "form", upload(name="copy.pdf")),
        engine.park(ana, "form", upload(PDF + b"\n")),
    ]
    assert len({first, *others}) == 5


def test_whoever_comes_second_at_the_same_time_gets_the_first_ones_row(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = engine.park(ana, "form", upload())
    before = stored_files()
    monkeypatch.setattr(parking, "_known", lambda *_arguments: None)

    assert engine.park(ana, "form", upload()) == first
    assert stored_files() == before


def test_what_cannot_be_stored_leaves_no_row(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_more: Any) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(default_storage, "save", fail)

    with pytest.raises(OSError, match="full"):
        engine.park(ana, "form", upload())
    assert not Attachment.objects.exists()


def test_an_empty_file_is_refused(ana: User) -> None:
    assert refusal(ana, "form", upload(b"")) == "The file is empty."


def test_a_file_that_is_too_large_is_refused(ana: User, settings: Settings) -> None:
    settings.ATTACHMENT_MAX_BYTES = 1000

    assert engine.park(ana, "form", upload(PDF.ljust(1000))).size == 1000
    assert refusal(ana, "form", upload(PDF.ljust(1001))) == (
        "The file is too large: it may have up to 1000\xa0bytes."
    )


def test_a_field_says_which_kinds_it_takes(ana: User) -> None:
    said = refusal(ana, "form", upload(b"<script>", "a.pdf"), accept=(".pdf", "image/*"))

    assert said == "Choose a file of another kind: .pdf, image/*."
    assert not Attachment.objects.exists()


def test_a_site_says_which_kinds_it_takes(ana: User, settings: Settings) -> None:
    settings.ATTACHMENT_TYPES = ["application/pdf", "image/*"]

    engine.park(ana, "form", upload(PNG, "a.png"))
    said = refusal(ana, "form", upload(b"MZ\x90\x00\x03", "a.pdf"))
    assert said == "Files of this kind are not accepted here."


def test_a_form_takes_a_limited_number(ana: User, settings: Settings) -> None:
    settings.ATTACHMENT_MAX_COUNT = 2
    for number in range(2):
        engine.park(ana, "form", upload(name=f"{number}.pdf"))

    assert refusal(ana, "form", upload()) == "This form takes up to 2 files."
    engine.park(ana, "form", upload(name="1.pdf"))
    engine.park(ana, "another form", upload())


def test_a_person_has_a_limited_number_lying_about(
    ana: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parking, "MAX_PARKED", 2)
    for number in range(2):
        engine.park(ana, f"form {number}", upload())

    assert "without submitting" in refusal(ana, "form", upload())
    engine.park(ben, "form", upload())


def test_a_scanner_sees_the_file_and_may_refuse_it(ana: User) -> None:
    seen: list[Any] = []

    def scan(file: Any, name: str, content_type: str, user: User, **_more: Any) -> None:
        seen.append((file.read(), name, content_type, user))
        if b"virus" in seen[-1][0]:
            raise FileRefused("The file is not safe.")

    signals.attachment_received.connect(scan)
    try:
        row = engine.park(ana, "form", upload())
        said = refusal(ana, "form", upload(b"a virus", "a.txt"))
    finally:
        signals.attachment_received.disconnect(scan)

    assert seen[0] == (PDF, "contract.pdf", "application/pdf", ana)
    assert said == "The file is not safe."
    assert list(Attachment.objects.all()) == [row]


def test_a_file_on_a_disk_is_there_before_its_row(
    ana: User, settings: Settings, tmp_path: Any
) -> None:
    disk = FileSystemStorage(tmp_path, file_permissions_mode=0o600)
    field: Any = Attachment._meta.get_field("file")
    before, field.storage = field.storage, disk
    try:
        row = engine.park(ana, "form", upload())
    finally:
        field.storage = before

    (kept,) = tmp_path.rglob(str(row.pk))
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (PDF, 0o600)


def test_the_database_keeps_doubles_out(ana: User) -> None:
    row = engine.park(ana, "form", upload())

    row.pk = None
    row._state.adding = True
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)
