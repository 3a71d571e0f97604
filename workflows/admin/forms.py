"""What an administrator is asked before a verb is carried out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflows.engine.queries import display_name
from workflows.models import WorkflowInstance

MOST_SUGGESTIONS = 200


class ReasonForm(forms.Form):
    """Why: written into the history, where those concerned read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Kept in the history, where everybody reads it who may see the request."),
    )

    def __init__(self, *args: Any, rows: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows


class OptionalReasonForm(ReasonForm):
    """Why, where it goes without saying."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class RetryForm(OptionalReasonForm):
    """From which step to go on: chosen only where all rows have the same steps."""

    from_step = forms.ChoiceField(
        label=_("Begin at"),
        required=False,
        help_text=_("At a step: whatever is active is cancelled, and the data is kept."),
    )
    field_order = ["from_step", "reason"]

    def __init__(self, *args: Any, rows: Sequence[WorkflowInstance], **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)
        if len({row.definition_id for row in rows}) != 1:
            del self.fields["from_step"]
            return
        nodes = rows[0].definition.content.get("nodes", [])
        steps = [(node["path"], node["label"]) for node in nodes if node["parent"] is None]
        choices = [("", gettext("What failed")), *steps]
        self.fields["from_step"].choices = choices  # type: ignore[attr-defined]


class PersonField(forms.ModelChoiceField):
    """An active person, by username: a list of all would not scale to a large organisation."""

    widget = forms.TextInput(attrs={"list": "suggestions", "autocomplete": "off"})
    default_error_messages = {"invalid_choice": _("No active person is called “%(value)s”.")}


class ReassignForm(ReasonForm):
    """Whom to give the tasks to."""

    to = PersonField(queryset=None, label=_("Give to"), help_text=_("The person's username."))
    field_order = ["to", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        field.queryset = active_people()  # type: ignore[attr-defined]
        field.to_field_name = get_user_model().USERNAME_FIELD  # type: ignore[attr-defined]

    def suggestions(self) -> list[tuple[str, str]]:
        """Give usernames and names of some of the people whom one may mean."""
        people = active_people()[:MOST_SUGGESTIONS]
        return [(person.get_username(), display_name(person)) for person in people]


def active_people() -> Any:
    """Give everybody who can be asked, by username."""
    model = get_user_model()
    return model.objects.filter(is_active=True).order_by(model.USERNAME_FIELD)
