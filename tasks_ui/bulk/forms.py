"""What is asked before something is done to many tasks at once: which button, to whom, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tasks_ui.bulk.selection import listed_form
from tasks_ui.schema_form.posted.which_form import FORM
from tasks_ui.tasks.action_forms import MOST_NAMED, PersonField, Until, words
from tasks_ui.tasks.decision_form import ICONS, TONES
from workflows.engine import queries
from workflows.models import HumanTask


class BulkForm(forms.Form):
    """A form about tasks with which the same is to be done, for one person."""

    use_required_attribute = False

    def __init__(self, *args: Any, tasks: Sequence[HumanTask], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = tasks
        self.user = user
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the tasks and the person."""

    @property
    def said(self) -> str:
        """Give what was chosen, as far as the title of the result should say it."""
        return ""


@dataclass(frozen=True, kw_only=True)
class Button:
    """A way to decide all of them."""

    value: str
    label: str
    look: str
    icon: str


class Decide(BulkForm):
    """Which button."""

    outcome = forms.CharField(
        max_length=1000,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose one of the buttons.")},
    )

    def prepare(self) -> None:
        self.answers = [queries.quick_answers(task) for task in self.tasks]

    def is_changed(self, task: HumanTask) -> bool:
        """Whether the task's form is another one than that which it was listed with."""
        posted = self.data.getlist(FORM) if isinstance(self.data, QueryDict) else []
        return listed_form(task) not in posted

    def clean_outcome(self) -> str:
        """Take what at least one task can be answered with; each is asked again at its turn.

        Of those whose forms have changed it is said at their turn.
        """
        chosen = str(self.cleaned_data["outcome"])
        is_known = any(answer.key == chosen for answers in self.answers for answer in answers)
        if not (is_known or any(map(self.is_changed, self.tasks))):
            raise forms.ValidationError(_("Choose one of the buttons."))
        return chosen

    def answer_to(self, task: HumanTask) -> queries.QuickAnswer | None:
        """Give what the chosen button means for a task; none where it has no such button."""
        chosen = self.cleaned_data["outcome"]
        return next((one for one in queries.quick_answers(task) if one.key == chosen), None)

    @property
    def buttons(self) -> list[Button]:
        """Give the buttons that all tasks have, and that need nothing else with any of them."""
        return [
            Button(
                value=answer.key,
                label=_label(answer),
                look=TONES.get(answer.tone, "primary" if not answer.tone else ""),
                icon=ICONS.get(answer.tone, "check" if not answer.tone else "arrow"),
            )
            for answer in self._shared
            if not any(one.why_not for one in self._like(answer))
        ]

    @property
    def remarks(self) -> list[str]:
        """Say of each button that all tasks have why it is not among those."""
        found = [one.why_not for answer in self._shared for one in self._like(answer)]
        return [*dict.fromkeys(filter(None, found))]

    @property
    def said(self) -> str:
        chosen = self.cleaned_data["outcome"]
        found = (one for answers in self.answers for one in answers if one.key == chosen)
        return next(map(_label, found), "")

    @property
    def _shared(self) -> list[queries.QuickAnswer]:
        first, *others = self.answers or [[]]
        return [
            answer
            for answer in first
            if all(any(one.key == answer.key for one in answers) for answers in others)
        ]

    def _like(self, answer: queries.QuickAnswer) -> list[queries.QuickAnswer]:
        return [one for answers in self.answers for one in answers if one.key == answer.key]


class HandOver(BulkForm):
    """To whom, and why."""

    to = PersonField(queryset=None, label=_("Hand over to"))
    reason = words(_("Reason"), _("Everybody who sees the request can read it."), required=False)

    def prepare(self) -> None:
        people = get_user_model().objects.filter(is_active=True)
        field: Any = self.fields["to"]
        if (shared := self._who_can_have_all()) is not None:
            people = people.filter(pk__in=shared)
        if all(task.assignee_id == self.user.pk for task in self.tasks):
            people = people.exclude(pk=self.user.pk)
        field.offer(queries.by_name(people))

    @property
    def said(self) -> str:
        return queries.display_name(self.cleaned_data["to"])

    def _who_can_have_all(self) -> set[Any] | None:
        """Give the people whom every task can be handed to; None for more than are ever listed.

        Tasks that were offered to the same people, by the same person, are asked about once.
        """
        alike = {
            (*task.offered_to, task.step, task.instance.started_by_id): task for task in self.tasks
        }
        found = [
            {*queries.eligible(task, self.user).values_list("pk", flat=True)[: MOST_NAMED + 1]}
            for task in alike.values()
        ]
        few = [people for people in found if len(people) <= MOST_NAMED]
        return reduce(set.intersection, few) if few else None


class Snooze(Until, BulkForm):
    """Until when."""

    @property
    def said(self) -> str:
        return str(self.moments[self.cleaned_data["until"]][0])


def _label(answer: queries.QuickAnswer) -> str:
    return answer.label or str(_("Done"))
