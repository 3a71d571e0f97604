"""Moving requests to another version of their workflow: first what would happen, then the deed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflows import engine
from workflows.admin.asking import Question
from workflows.admin.forms import OptionalReasonForm
from workflows.definition.definition import version_key
from workflows.definition.registry import registry
from workflows.engine.instances.migration_plan import Migration
from workflows.exceptions import WorkflowError, WrongState
from workflows.models import WorkflowInstance


class MigrateForm(OptionalReasonForm):
    """Where to, and which steps are called otherwise there.

    It is valid once the same answers were shown what they would do, and that is still so.
    """

    to_version = forms.ChoiceField(label=_("To version"))
    mapping = forms.CharField(
        label=_("Steps called otherwise"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("One per line: the old name, an equals sign, the new name."),
    )
    ask_again = forms.BooleanField(
        label=_("Ask again where the form has changed"),
        required=False,
        help_text=_("Otherwise requests with such a task stay."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["to_version", "mapping", "ask_again", "reason", "seen"]

    preview: list[Migration]
    button: Any = _("Show what would happen")

    def __init__(self, *args: Any, rows: Sequence[WorkflowInstance], **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        self.preview = []
        choices = [(version, version) for version in other_versions(rows[0])]
        self.fields["to_version"].choices = choices  # type: ignore[attr-defined]

    def clean_mapping(self) -> dict[str, str]:
        """Read the lines."""
        pairs = [line.partition("=") for line in self.cleaned_data["mapping"].splitlines() if line]
        if not all(old.strip() and new.strip() for old, _sign, new in pairs):
            raise forms.ValidationError(gettext("Write old = new, one step per line."))
        return {old.strip(): new.strip() for old, _sign, new in pairs}

    def clean(self) -> dict[str, Any]:
        """Preview, and refuse for as long as this very preview was not seen."""
        answers = super().clean() or {}
        if len({row.definition_id for row in self.rows}) != 1:
            raise forms.ValidationError(gettext("Choose requests of one version at a time."))
        if self.errors:
            return answers
        try:
            self.preview = migrations(self.rows, answers)
        except WorkflowError as error:
            raise forms.ValidationError(str(error)) from error
        if not any(not one.refusals for one in self.preview):
            raise forms.ValidationError(gettext("None of them can move."))
        self.button = _("Move the requests")
        shown = self._digest(answers)
        if answers.get("seen") != shown:
            self.data = self._data_with("seen", shown)
            raise forms.ValidationError(gettext("Nothing was moved yet. Read what would happen."))
        return answers

    def _data_with(self, name: str, value: str) -> QueryDict:
        """Copy what was posted, with one more field: the form shows it again as it was."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[name] = value
        return data

    def _digest(self, answers: dict[str, Any]) -> str:
        asked = [answers[name] for name in ("to_version", "mapping", "ask_again")]
        found = [
            [str(one.instance.pk), [asdict(move) for move in one.moves], one.refusals]
            for one in self.preview
        ]
        return hashlib.sha256(json.dumps([asked, found]).encode()).hexdigest()


def other_versions(instance: WorkflowInstance) -> list[str]:
    """Give the versions that an instance could move to, newest first."""
    versions = {one.version for one in registry if one.name == instance.workflow}
    return sorted(versions - {instance.definition.version}, key=version_key, reverse=True)


def migrations(
    rows: Sequence[WorkflowInstance], answers: dict[str, Any], **how: Any
) -> list[Migration]:
    """Preview, or with `dry_run=False` move, these rows of one version."""
    return engine.migrate_instances(
        rows[0].workflow,
        rows[0].definition.version,
        answers["to_version"],
        mapping=answers["mapping"],
        ask_again=answers["ask_again"],
        instances=rows,
        **how,
    )


def migrate(instance: WorkflowInstance, user: Any, answers: dict[str, Any]) -> None:
    """Move one instance; raises WrongState with the reasons where it has to stay."""
    (answer,) = migrations(
        [instance], answers, user=user, reason=answers["reason"], via="admin", dry_run=False
    )
    if answer.refusals:
        raise WrongState(" ".join(answer.refusals))


MIGRATE = Question(
    name="migrate",
    title=_("Move requests to another version"),
    explanation=_(
        "They go on in another version of their workflow, at the steps where they are now. "
        "What would happen is shown first."
    ),
    button=_("Show what would happen"),
    done=_("moved."),
    act=migrate,
    form=MigrateForm,
)
