"""Dotted names of code that a site has stored: in rows, sessions, pickles and signed values."""

from __future__ import annotations

import base64
import pickletools
import re
import zlib
from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage

from workflows.models import StepLimit

OURS = re.compile(r"\b(?:workflows|tasks_ui|config|tests)(?:\.\w+)+")


def stored_names() -> set[str]:
    """Give the dotted names of this project that stand where they are looked up again."""
    return {name for text in _texts() for name in OURS.findall(text)}


def _texts() -> Iterator[str]:
    for session in Session.objects.all():
        yield str(session.get_decoded().get("_auth_user_backend", ""))
    for schedule in Schedule.objects.all():
        yield f"{schedule.func} {schedule.hook}"
    for job in OrmQ.objects.all():
        task = SignedPackage.loads(job.payload)
        yield f"{task['func']} {task.get('hook')} {' '.join(_pickled(_raw(job.payload)))}"
    yield from StepLimit.objects.values_list("key", flat=True)


def _raw(payload: str) -> bytes:
    """Give the pickle inside a signed package."""
    body = payload.rsplit(":", 2)[0]
    is_compressed = body.startswith(".")
    found = base64.urlsafe_b64decode(body.removeprefix(".") + "=" * (-len(body.lstrip(".")) % 4))
    return zlib.decompress(found) if is_compressed else found


def _pickled(pickle: bytes) -> Iterator[str]:
    """Yield every class and function that a pickle names."""
    texts: list[Any] = []
    for code, argument, _place in pickletools.genops(pickle):
        if code.name == "STACK_GLOBAL":
            yield ".".join(texts[-2:])
        elif code.name == "GLOBAL":
            yield str(argument).replace(" ", ".")
        elif isinstance(argument, str):
            texts.append(argument)
