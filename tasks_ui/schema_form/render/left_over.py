"""What was written into fields that a form does not have: shown as text, and posted on as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.files import Uploads
from tasks_ui.schema_form.posted.field_names import FORMER, PAIR, UNSEEN
from tasks_ui.schema_form.posted.reader import ROW, Unreadable
from tasks_ui.schema_form.schema.titles import in_words
from workflows.schemas.pointers import split

BOXES: Final = frozenset({"", "true", "false"})


@dataclass(frozen=True)
class LeftOver:
    """One field that is not there: how it was called, and what was written into it.

    Attributes:
        carried: names and texts by which the form posts it on, so that drafts keep it.
    """

    label: str
    text: str
    carried: Sequence[tuple[str, str]]


def left_over(name: str, texts: Sequence[str], uploads: Uploads | None) -> LeftOver | None:
    """Give what was written into a field; None where that was nothing.

    Secrets are never written into a page again.
    """
    field = name.removeprefix(FORMER)
    written = [text for text in texts if text.strip()]
    if len(texts) > 1 and set(texts) <= BOXES:
        written = [text for text in written if text != "false"]
    if not written or written == ["false"]:
        return None
    if field.startswith(f"{UNSEEN}/"):
        return LeftOver(_label(field), _("(a secret, which is not kept)"), ())
    shown = ", ".join(_in_words(text, uploads) for text in written)
    return LeftOver(_label(field), shown, [(FORMER + field, text) for text in texts])


def _label(name: str) -> str:
    steps = split(name[1:])
    called = [in_words(step) for step in steps if not (ROW.fullmatch(step) or step[:2] == PAIR)]
    return " – ".join(called) or _("Value")


def _in_words(text: str, uploads: Uploads | None) -> str:
    try:
        return uploads.find(text).name if uploads else text
    except Unreadable:
        return text


def all_left_over(
    found: Iterable[tuple[str, Sequence[str]]], uploads: Uploads | None
) -> list[LeftOver]:
    """Give what was written into these fields, without those into which nothing was."""
    each = (left_over(name, texts, uploads) for name, texts in found)
    return [one for one in each if one is not None]
