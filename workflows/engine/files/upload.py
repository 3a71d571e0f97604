"""Store a file that somebody has sent, until the form that it came with is submitted."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from workflows import signals
from workflows.engine.queries.file_limits import FileLimits
from workflows.engine.store.clock import now
from workflows.exceptions import FileRefused
from workflows.models.attachments import Attachment
from workflows.values.media_types import HEAD, TAIL, accepts_file, media_type

MAX_PARKED: Final = 200
"""Files that one person may have lying about that belong to nothing yet."""


def park(user: Any, form_token: str, file: File, *, accept: tuple[str, ...] = ()) -> Attachment:
    """Store a file for a form that is not submitted yet; the same one twice is stored once.

    Args:
        user: who sends it; nobody else can read or submit it until it is bound.
        form_token: which showing of which form it came with.
        file: its `name` is the sender's word, its size and type are looked up in its content.
        accept: what the field takes, like FileLimits.types.

    Raises FileRefused.
    """
    limits = FileLimits.of_site()
    found = _examine(file, limits.max_bytes)
    if not accepts_file(found.content_type, found.name, accept):
        raise FileRefused(_("Choose a file of another kind: %s.") % ", ".join(accept))
    if not accepts_file(found.content_type, found.name, limits.types):
        raise FileRefused(_("Files of this kind are not accepted here."))
    return _known(user, form_token, found) or _store(user, form_token, file, found, limits)


@dataclass(frozen=True)
class _Examined:
    """What a file is, as far as its content says."""

    name: str
    content_type: str
    size: int
    sha256: str


def _examine(file: File, max_bytes: int) -> _Examined:
    """Read a file once, up to the limit."""
    name, size, digest = safe_name(file.name or ""), 0, hashlib.sha256()
    head = tail = b""
    file.seek(0)
    for chunk in file.chunks():
        size += len(chunk)
        if size > max_bytes:
            limit = filesizeformat(max_bytes)
            raise FileRefused(_("The file is too large: it may have up to %s.") % limit)
        digest.update(chunk)
        head = (head + chunk)[:HEAD] if len(head) < HEAD else head
        tail = (tail + chunk)[-TAIL:]
    if not size:
        raise FileRefused(_("The file is empty."))
    return _Examined(name, media_type(head, tail, name), size, digest.hexdigest())


def _known(user: Any, form_token: str, found: _Examined) -> Attachment | None:
    """Give the file if it came before: forms are sent twice, and again after a mistake."""
    return Attachment.objects.filter(
        uploaded_by=user, form_token=form_token, sha256=found.sha256, name=found.name
    ).first()


def _store(
    user: Any, form_token: str, file: File, found: _Examined, limits: FileLimits
) -> Attachment:
    _require_room(user, form_token, limits)
    _ask_others(user, file, found)
    attachment = Attachment(
        name=found.name,
        content_type=found.content_type,
        size=found.size,
        sha256=found.sha256,
        uploaded_by=user,
        form_token=form_token,
        created_at=now(),
    )
    file.seek(0)
    attachment.file.save(found.name, file, save=False)
    kept_in, path = attachment.file.storage, attachment.file.name or ""
    sync(kept_in, path)
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
    except IntegrityError:
        # The same form was sent twice at once, and the other request was first.
        kept_in.delete(path)
        return Attachment.objects.get(
            uploaded_by=user, form_token=form_token, sha256=found.sha256, name=found.name
        )
    return attachment


def _require_room(user: Any, form_token: str, limits: FileLimits) -> None:
    parked = Attachment.objects.filter(uploaded_by=user, bound_at=None)
    if parked.filter(form_token=form_token).count() >= limits.max_count:
        raise FileRefused(_("This form takes up to %d files.") % limits.max_count)
    if user is not None and parked.count() >= MAX_PARKED:
        raise FileRefused(_("You have sent too many files without submitting their forms."))


def _ask_others(user: Any, file: File, found: _Examined) -> None:
    file.seek(0)
    signals.attachment_received.send(
        Attachment,
        file=file,
        name=found.name,
        content_type=found.content_type,
        size=found.size,
        user=user,
    )


def sync(storage: Storage, path: str) -> None:
    """Have a file on the disk before a row says that it is there; other storages see to that."""
    if not isinstance(storage, FileSystemStorage):
        return
    place = Path(storage.path(path))
    for part in (place, place.parent, place.parent.parent):
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


MAX_NAME: Final = 200
MAX_SUFFIX: Final = 20
NAMELESS: Final = "file"

# Format characters that scripts and emoji need; the others turn the direction of text or hide.
JOINERS: Final = frozenset("\u200c\u200d")
UNSAFE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def safe_name(name: str) -> str:
    """Give the name without folders, characters that deceive, and what is too long.

    The end of a long name stays: it says what kind of file it is.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if letter in JOINERS or not _is_unsafe(letter))
    words = " ".join(kept.split()).strip(". ")
    if not words.strip("".join(JOINERS)):
        return NAMELESS
    stem, dot, suffix = words.rpartition(".")
    if len(words) <= MAX_NAME:
        short = words
    elif stem and len(suffix) <= MAX_SUFFIX:
        short = f"{stem[: MAX_NAME - len(suffix) - 1].rstrip()}{dot}{suffix}"
    else:
        short = words[:MAX_NAME]
    return short


def _is_unsafe(letter: str) -> bool:
    return unicodedata.category(letter) in UNSAFE
