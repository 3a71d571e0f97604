"""What every control does: show a value, read it back, and know what an empty field means."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from django.forms import Widget
from django.utils.translation import gettext as _

from tasks_ui.schema_form.posted.absent import ABSENT
from tasks_ui.schema_form.schema.options import wire_text


@dataclass(frozen=True)
class Empty:
    """What a field that was left empty stands for."""

    required: bool = False
    nullable: bool = False
    value: Any = ABSENT
    """What the author says it stands for (`ui:emptyValue`)."""

    def read(self, stored: Any) -> Any:
        """Give null where null will do and something must be there, or null was there before."""
        if self.value is not ABSENT:
            return copy.deepcopy(self.value)
        return None if self.nullable and (self.required or stored is None) else ABSENT


@dataclass
class Control:
    """One text field; subclasses say for which values.

    Attributes:
        template: the template that shows the control with its label.
        look: how wide it is: "short", "moment" (a bit more), "wide" or neither.
        can_be_empty: whether the field can be left empty at all.
        first_id: what the id of the first of several controls ends in.
        posts_nothing_when_empty: whether a hidden field has to say that the field was there.
        is_file: whether it sends files, for which the whole form needs another encoding.
        is_written: whether something is written into it, of which an example can be given.
        is_searched: whether the server has to be asked what fits, while one writes.
        takes_suggestions: whether examples can be offered while one writes.
        is_secret: whether nobody may see the value again; left empty, the stored one stays.
        placeholder: an example in the empty field, or what stands for no choice.
        is_masked: whether nobody can read over a shoulder what is written, if it is one line.
        extra: HTML attributes beyond those that every control has.
        is_labelled: whether the label is in sight; if not, it is there for screen readers only.
        is_guessed: whether the schema allows values of other kinds too, so that what is stored
            may be one and stays unless somebody writes something else.
    """

    template: ClassVar[str] = "forms/_input.html"
    look: ClassVar[str] = ""
    can_be_empty: ClassVar[bool] = True
    first_id: ClassVar[str] = ""
    posts_nothing_when_empty: ClassVar[bool] = False
    is_file: ClassVar[bool] = False
    takes_suggestions: ClassVar[bool] = False
    is_written: ClassVar[bool] = True
    is_searched: ClassVar[bool] = False

    empty: Empty
    is_secret: bool = field(default=False, kw_only=True)
    is_masked: bool = field(default=False, kw_only=True)
    placeholder: str = field(default="", kw_only=True)
    extra: Mapping[str, Any] = field(default_factory=dict, kw_only=True)
    is_labelled: bool = field(default=True, kw_only=True)
    is_guessed: bool = field(default=False, kw_only=True)

    _remark: str = field(default="", init=False, repr=False)

    @property
    def hint(self) -> str:
        """Give what the person should know before they write, beyond the author's words."""
        return " ".join(filter(None, (self._rules, self._remark)))

    @property
    def is_filtered(self) -> bool:
        """Whether there are so many options that a field to filter them stands above."""
        return False

    @cached_property
    def _rules(self) -> str:
        return self.rules

    @property
    def rules(self) -> str:
        """Give what the schema allows, in few words."""
        return ""

    @property
    def size(self) -> str:
        """Give how wide this very control is, as `look` says of its kind."""
        return self.look

    def widget(self, attributes: dict[str, Any], shown: Any) -> Widget:
        """Give the Django widget for what is shown in it."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        """Whether the value is of the kind that this control reads."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Give the text for a value that fits; it is read back as the same value."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """Give the value of a text that is not empty; raises Unreadable."""
        raise NotImplementedError

    def begin(self, value: Any) -> Any:
        """Give what the widget begins with; a secret is not shown."""
        return self._begin(ABSENT if self.is_secret and self._keeps(value) else value)

    def again(self, texts: list[str]) -> Any:
        """Give what the widget shows after these texts were posted; a secret is not shown."""
        if not self.is_secret:
            return self._again(texts)
        if any(texts):
            self._remark = _("Enter it again: it is never shown or kept in the page.")
        return self._begin(ABSENT)

    def read(self, texts: list[str], stored: Any) -> Any:
        """Give the value of the texts; a secret stays what it was unless there is a new one."""
        if not self.is_secret:
            return self._read(texts, stored)
        value = self._read(texts, ABSENT)
        self._keeps(stored)
        return stored if _is_nothing(value) and stored is not ABSENT else value

    def is_same(self, text: str, shown: str) -> bool:
        """Whether the text is what was shown, as a browser sends it back."""
        return text == shown.replace("\r\n", "\n").replace("\r", "\n")

    def is_left(self, texts: list[str], default: Any) -> bool:
        """Whether the default was shown and left, where the text of it might be read otherwise."""
        return False

    def is_filled(self, value: Any) -> bool:
        """Whether somebody has put something in."""
        return value is not ABSENT and value is not None

    def _begin(self, value: Any) -> Any:
        """Give what the widget begins with; values of the wrong kind are shown as they are."""
        if value is ABSENT or value is None:
            return ""
        return self.show(value) if self.fits(value) else as_text(value)

    def _again(self, texts: list[str]) -> Any:
        return texts[-1] if texts else ""

    def _read(self, texts: list[str], stored: Any) -> Any:
        """Give the value of the last text; what was not changed stays what it was, exactly."""
        text = texts[-1] if texts else ""
        if self._is_untouched(text, stored):
            return stored
        return self.empty.read(stored) if text == "" else self.parse(text)

    def _is_untouched(self, text: str, stored: Any) -> bool:
        """Whether the text is what is stored; what has parts is never taken for a text."""
        if stored is ABSENT:
            return False
        if self.fits(stored):
            return self.is_same(text, self.show(stored))
        is_kept = self.is_guessed or isinstance(stored, dict | list)
        return is_kept and Control.is_same(self, text, self._begin(stored))

    def _keeps(self, stored: Any) -> bool:
        """Whether there is a secret to keep; if so, the field says that it is kept."""
        is_there = not _is_nothing(stored)
        if is_there:
            self._remark = _("Leave this empty to keep what is there.")
        return is_there


def as_text(value: Any) -> str:
    """Give any JSON value as text, to be seen and mended."""
    return value if isinstance(value, str) else wire_text(value)


def _is_nothing(value: Any) -> bool:
    return value is ABSENT or value is None or value in ("", [])
