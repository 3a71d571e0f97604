"""The forms of what can be done with a task beside deciding it: to whom, why, until when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tasks_ui.submissions.form_token import submission_id
from workflows.engine import queries
from workflows.models import HumanTask
from workflows.values.moments import after, zone_named

MOST_NAMED: Final = 100
"""Of more people than that one writes the username, instead of looking through all of them."""

MORNING: Final = time(8)
LATER: Final = timedelta(hours=3)


class VerbForm(forms.Form):
    """A form about one task, for one person."""

    use_required_attribute = False

    def __init__(self, *args: Any, task: HumanTask, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        self.user = user
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the task and the person."""


class PersonField(forms.ModelChoiceField):
    """One of some people: chosen from a list, or by username where they are many."""

    def offer(self, people: QuerySet[Any], *, first: User | None = None) -> None:
        """Offer these people, one of them chosen already."""
        name = get_user_model().USERNAME_FIELD
        self.queryset = people
        self.to_field_name = name
        self.initial = first.get_username() if first is not None else None
        if people[MOST_NAMED : MOST_NAMED + 1]:
            self.widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"})
            self.help_text = _("The person's username.")

    def label_from_instance(self, obj: Any) -> str:
        return queries.display_name(obj)


def words(
    label: Any, help_text: Any = "", *, required: bool = True, most: int = 5000
) -> forms.CharField:
    """Give a field for some sentences, of at most so many characters."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, widget=area, required=required
    )


class HandOver(VerbForm):
    """To whom, and why."""

    to = PersonField(queryset=None, label=_("Hand over to"))
    reason = words(_("Reason"), _("Everybody who sees the request can read it."), required=False)

    def prepare(self) -> None:
        field: Any = self.fields["to"]
        field.offer(queries.eligible(self.task, self.user).exclude(pk=self.task.assignee_id))


class TakeOver(VerbForm):
    """Why."""

    reason = words(_("Reason"), _("Whoever has the task now can read it."))


class Reopen(VerbForm):
    """Why."""

    reason = words(_("Reason"), _("Everybody who sees the request can read it."))


class Retry(VerbForm):
    """Why."""

    reason = words(_("Reason"), _("Everybody who sees the request can read it."))


class Ask(VerbForm):
    """Whom, and what."""

    of = PersonField(queryset=None, label=_("Ask"))
    question = words(_("Your question"), _("Everybody who sees the task can read it."))

    def prepare(self) -> None:
        others = get_user_model().objects.filter(is_active=True).exclude(pk=self.user.pk)
        requester = self.task.instance.started_by
        first = requester if requester is not None and requester != self.user else None
        field: Any = self.fields["of"]
        field.offer(queries.by_name(others), first=first)


class Answer(VerbForm):
    """What one knows."""

    answer = words(_("Your answer"))


class Comment(VerbForm):
    """What one wants to say, and to whom above all."""

    comment = words(
        _("What you want to say"),
        _("Everybody who sees the request can read it. It stays: you cannot change it later."),
        most=queries.LONGEST_COMMENT,
    )
    mention = PersonField(
        queryset=None,
        required=False,
        label=_("Mention"),
        empty_label=_("Nobody else"),
        help_text=_("They find it in their inbox. More people: write @ and their username."),
    )
    submission = forms.CharField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        field: Any = self.fields["mention"]
        field.offer(queries.audience(self.task).exclude(pk=self.user.pk))
        self.fields["submission"].initial = submission_id("")

    @property
    def text(self) -> str:
        """Give what is posted: whoever was chosen is named first, unless they are named anyway."""
        words, chosen = self.cleaned_data["comment"], self.cleaned_data["mention"]
        name = f"@{chosen.get_username()}" if chosen is not None else ""
        return f"{name} {words}" if name and name not in words.split() else str(words)


class Until(forms.Form):
    """Until when, of a few moments."""

    until = forms.ChoiceField(label=_("Put off until"), widget=forms.RadioSelect)
    z = forms.CharField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        here = timezone.get_current_timezone()
        self.initial["z"] = str(here) if zone_named(str(here)) else ""
        # The mornings are those of the page, whatever has become of the settings since.
        self.moments = moments(
            timezone.localtime(timezone=zone_named(self.data.get("z", "")) or here)
        )
        field: Any = self.fields["until"]
        field.choices = [(name, label) for name, (label, _moment) in self.moments.items()]
        field.initial = next(iter(self.moments))

    def clean(self) -> None:
        """Refuse a zone that is not known: its mornings are not either."""
        name = self.cleaned_data.get("z", "")
        if name and not zone_named(name):
            said = _("The time zone of this form is not known. Open it again.")
            raise forms.ValidationError(said)

    @property
    def moment(self) -> datetime:
        """Give the moment that was chosen."""
        return self.moments[self.cleaned_data["until"]][1]


class Snooze(Until, VerbForm):
    """Until when."""


def moments(now: datetime) -> dict[str, tuple[Any, datetime]]:
    """Give the moments until which one may put something off, in one's own time zone."""
    tomorrow = _morning(now, 1)
    monday = _morning(now, 7 - now.weekday())
    found = {
        "later": (_("In three hours"), after(now, LATER).astimezone(now.tzinfo)),
        "tomorrow": (_("Tomorrow morning"), tomorrow),
        "monday": (_("Monday morning"), monday),
        "week": (_("In a week"), _morning(now, 7)),
        "month": (_("In four weeks"), _morning(now, 28)),
    }
    if monday == tomorrow:
        del found["monday"]
    return found


def _morning(now: datetime, days: int) -> datetime:
    day = now.date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, MORNING), now.tzinfo)
