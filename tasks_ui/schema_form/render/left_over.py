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


def all_left_over(
    found: Iterable[tuple[str, Sequence[str]]], uploads: Uploads | None
) -> list[LeftOver]:
    """Give what was written into these fields, each once; none into which nothing was."""
    written: dict[str, dict[str, None]] = {}
    for name, texts in found:
        field = name.removeprefix(FORMER)
        written.setdefault(field, {}).update(dict.fromkeys(_written(texts)))
    return [_left_over(name, [*texts], uploads) for name, texts in written.items() if texts]


def _written(texts: Sequence[str]) -> list[str]:
    """Give what somebody has written: a box says `false` before it is ticked."""
    if set(texts) <= BOXES:
        return [text for text in texts if text == "true"]
    return [text for text in texts if text.strip()]


def _left_over(name: str, texts: Sequence[str], uploads: Uploads | None) -> LeftOver:
    """Show and carry the texts of a field; a secret is never written into a page again."""
    if name.startswith(f"{UNSEEN}/"):
        return LeftOver(_label(name), _("(a secret, which is not kept)"), ())
    shown = ", ".join(_in_words(text, uploads) for text in texts)
    return LeftOver(_label(name), shown, [(FORMER + name, text) for text in texts])


def _label(name: str) -> str:
    steps = split(name[1:])
    called = [in_words(step) for step in steps if not (ROW.fullmatch(step) or step[:2] == PAIR)]
    return " – ".join(called) or _("Value")


def _in_words(text: str, uploads: Uploads | None) -> str:
    try:
        return uploads.find(text).name if uploads else text
    except Unreadable:
        return text
