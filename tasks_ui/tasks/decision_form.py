"""What a task asks of a reviewer: fields to fill in, and buttons that decide at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tasks_ui.display.values import Fact, facts
from tasks_ui.models import UserSettings
from tasks_ui.schema_form import SchemaForm
from tasks_ui.schema_form.posted.field_names import VALUE, inside
from tasks_ui.schema_form.posted.which_form import is_made_with
from tasks_ui.shortcuts import Keys, outcome_keys
from tasks_ui.submissions.form_token import is_receipt, receipt, submission_id
from tasks_ui.submissions.uploads import Files, Uploads
from workflows.engine import queries
from workflows.exceptions import FormChanged, InvalidSubmission
from workflows.models import HumanTask

TONES = {"good": "positive", "bad": "negative"}
ICONS = {"good": "check", "bad": "cross"}


@dataclass(frozen=True, kw_only=True)
class Button:
    """One way to decide.

    Attributes:
        value: what the button posts.
        keys: what presses it, the key that stands on it first.
        asks: the field that must be filled in first.
        was_pressed: whether it is what the form was sent with.
    """

    value: str
    label: str
    keys: str
    look: str
    icon: str
    leads: str = ""
    asks: str = ""
    was_pressed: bool = False

    @property
    def key(self) -> str:
        """Give the key that stands on the button."""
        return self.keys.partition(" ")[0]


def _in_words(leads: Sequence[queries.Lead] | None) -> str:
    """Say where a button leads: surely, perhaps, to the end, or nothing where it is not known."""
    if leads is None:
        return ""
    named = [lead.label if lead.is_certain else _("may be %s") % lead.label for lead in leads]
    return ", ".join(named) or _("the end")


def not_a_field(names: Sequence[str]) -> str:
    """Say that something was posted for which the form has no field."""
    said = {"names": ", ".join(name[:100] for name in names[:5])}
    return _("Nothing has been sent: this form has no field for %(names)s.") % said


class Decision:
    """The form of a task, empty or as somebody posted it, to decide or only to look at it."""

    def __init__(
        self,
        task: HumanTask,
        user: User,
        post: QueryDict | None = None,
        files: Files | None = None,
        *,
        preview_url: str,
        is_preview: bool = False,
    ) -> None:
        self.task = task
        self.user = user
        self.asked = queries.task_form(task)
        self.post = post
        self.problem = ""
        self.uploads = Uploads(user, self.submission_id, files, self._address_of_file)
        excluded = frozenset({self.asked.outcome_field} - {""})
        self.form = (
            SchemaForm(
                self.asked.schema,
                self.asked.ui_schema,
                post=post,
                exclude=excluded,
                decided=self._decided,
                preview=is_preview,
                preview_url=preview_url,
                fingerprint=self.asked.fingerprint,
                uploads=self.uploads,
            )
            if self.asked.schema
            else None
        )

    def is_valid(self) -> bool:
        """Whether a button was pressed and every field fits its schema."""
        if self._pressed is None:
            self.problem = _("Choose one of the buttons.")
        elif self.form and self.form.unknown:
            self.problem = not_a_field(self.form.unknown)
        fits = self.form is None or self.form.is_valid()
        return fits and not self.problem

    @property
    def is_current(self) -> bool:
        """Whether what was posted was filled in in the form as it is now."""
        return self.post is None or is_made_with(self.post, self.asked.fingerprint)

    @property
    def made_with(self) -> str:
        """Give the fingerprint of the form that was filled in; empty for any but this one."""
        return self.asked.fingerprint if self.is_current else ""

    def refuse_change(self, error: FormChanged) -> None:
        """Say that the form has changed, where no fields say so."""
        if self.form is None:
            self.problem = str(error)

    @property
    def data(self) -> dict[str, Any]:
        """Give what is submitted: the fields, and the outcome that the button stands for."""
        filled_in = self.form.data if self.form else {}
        return {**(filled_in if isinstance(filled_in, dict) else {}), **self._decided}

    @property
    def _decided(self) -> dict[str, Any]:
        """Give what the button that was pressed stands for."""
        field, pressed = self.asked.outcome_field, self._pressed
        return {field: pressed.value} if field and pressed else {}

    @property
    def revision(self) -> int | None:
        """Give the revision of the data that the reviewer saw; none when it was not posted."""
        posted = self._posted("revision")
        return int(posted) if posted.isdecimal() and len(posted) < 10 else None

    @cached_property
    def submission_id(self) -> str:
        """Give the id that makes sending the same form twice count once."""
        return submission_id(self._posted("submission"))

    @property
    def receipt(self) -> str:
        """Give the proof that this form was shown to this person."""
        return receipt(self.task, self.user.pk)

    @property
    def was_shown(self) -> bool:
        """Whether what was posted brings such a proof."""
        return is_receipt(self._posted("receipt"), self.task, self.user.pk)

    def add_errors(self, error: InvalidSubmission) -> None:
        """Show these messages: beside their fields, or above the form when they have none."""
        if self.form is None:
            self.problem = error.sentences
        else:
            self.form.add_errors(error.errors)

    @property
    def typed(self) -> list[Fact]:
        """Give what was filled in, to show where it can no longer be submitted."""
        left_over = self.form.left_over if self.form else ()
        unread = [
            Fact(label=label, text=text)
            for label, name in (self.form.unread if self.form else [])
            for text in (self.post or QueryDict()).getlist(name)
        ]
        return [
            *self.in_words(self.data),
            *unread,
            *(Fact(label=one.label, text=one.text) for one in left_over),
        ]

    def in_words(self, data: Mapping[str, Any]) -> list[Fact]:
        """Give what a submission says, as its form speaks of it."""
        given = {name: value for name, value in data.items() if value not in (None, "")}
        return facts(given, self.asked.schema, self.asked.ui_schema)

    @cached_property
    def buttons(self) -> list[Button]:
        """Give the ways to decide; a form without outcomes has one, and so has no form at all."""
        outcomes = self.asked.outcomes
        keys = outcome_keys([outcome.tone for outcome in outcomes], self._keys)
        leads = queries.leads_of(self.task)
        return [
            Button(
                value=outcome.key,
                label=outcome.label,
                keys=pressed_by,
                look=TONES.get(outcome.tone, ""),
                icon=ICONS.get(outcome.tone, "arrow"),
                leads=_in_words(leads.get(outcome.key)),
                asks=self._reason if outcome.requires_reason else "",
                was_pressed=self.is_current and outcome == self._pressed,
            )
            for outcome, pressed_by in zip(outcomes, keys, strict=True)
        ] or [self._only_button]

    @property
    def needs_reason(self) -> str:
        """Give the labels of the outcomes that ask for a reason, as one text."""
        needing = [outcome.label for outcome in self.asked.outcomes if outcome.requires_reason]
        return ", ".join(needing)

    @property
    def _only_button(self) -> Button:
        label = _("Submit") if self.asked.schema else _("Done")
        keys = f"{self._keys['approve']} 1".strip()
        return Button(value="done", label=label, keys=keys, look="primary", icon="check")

    @property
    def _keys(self) -> Keys:
        return UserSettings.of(self.user).keys

    @property
    def _reason(self) -> str:
        """Give the name of the field for the reason."""
        return VALUE + inside("", self.asked.reason_field)

    @cached_property
    def _pressed(self) -> queries.TaskOutcome | Button | None:
        """The outcome of the button that was pressed; none when it is missing or doubled."""
        pressed = self.post.getlist("outcome") if self.post is not None else []
        if len(pressed) != 1:
            found: queries.TaskOutcome | Button | None = None
        elif self.asked.outcomes:
            found = self.asked.by_key.get(pressed[0])
        else:
            found = self._only_button if pressed[0] == self._only_button.value else None
        return found

    def _address_of_file(self, id_: UUID) -> str:
        return reverse("task_file", args=[self.task.pk, id_])

    def _posted(self, name: str) -> str:
        return self.post.get(name, "") if self.post is not None else ""
