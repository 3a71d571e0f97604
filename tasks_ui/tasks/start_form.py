"""What a person may start, and the form that starts it, as they have left it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tasks_ui.request import SignedInRequest
from tasks_ui.schema_form import SchemaForm
from tasks_ui.schema_form.posted.which_form import is_made_with
from tasks_ui.submissions.drafts import chosen, others, post_of, take_up
from tasks_ui.submissions.form_token import receipt, start_key, submission_id
from tasks_ui.submissions.uploads import Uploads
from workflows import WorkflowDefinition
from workflows.engine import queries
from workflows.exceptions import UnknownWorkflow
from workflows.models import Draft


def startable(request: SignedInRequest, workflow: str) -> WorkflowDefinition:
    """Give a workflow that this person may start; there is no page for any other."""
    try:
        definition = queries.get_definition(workflow)
    except UnknownWorkflow:
        raise Http404 from None
    if not queries.may_start(request.user, definition):
        raise PermissionDenied(_("You may not start this workflow."))
    return definition


class Start:
    """One showing of a start form: as it was posted, as this person has left it, or empty."""

    def __init__(
        self, request: SignedInRequest, definition: WorkflowDefinition, *, is_preview: bool = False
    ) -> None:
        self.definition = definition
        self._user = request.user
        self.draft = self._kept(request) if definition.start_schema else None
        post: QueryDict | None = request.POST if request.method == "POST" else None
        if post is None and self.draft is not None:
            post, is_preview = post_of(self.draft), True
        self.fingerprint = queries.start_form_fingerprint(definition)
        self.is_current = post is None or is_made_with(post, self.fingerprint)
        token = submission_id(post.get("submission", "") if post is not None else "")
        self.uploads = Uploads(request.user, token, request.FILES)
        self.form = self._form(definition.start_schema, post, is_preview=is_preview)

    @property
    def receipt(self) -> str:
        """Give the proof that this form was shown to this person."""
        return receipt(self.definition.name, self._user.pk)

    @property
    def key(self) -> str:
        """Give the key under which this form starts something once."""
        return start_key(self._user.pk, self.uploads.token)

    @property
    def was_sent(self) -> bool:
        """Whether something was started by this very form."""
        return queries.was_started(self.definition.name, self.key)

    @property
    def others(self) -> list[tuple[str, Draft]]:
        """Give what the person has typed into the same form in other tabs, and where it is."""
        page = reverse("start", args=[self.definition.name])
        return others(page, self._user, self.definition, self.draft)

    def _kept(self, request: SignedInRequest) -> Draft | None:
        if request.method == "POST":
            return None
        drafts = list(queries.drafts_of(request.user, workflow=self.definition.name))
        return chosen(request, drafts, take_up(request, request.user, self.definition))

    def _form(
        self, schema: dict[str, Any] | None, post: QueryDict | None, *, is_preview: bool
    ) -> SchemaForm | None:
        if not schema:
            return None
        return SchemaForm(
            schema,
            self.definition.start_ui_schema,
            post=post,
            preview=is_preview,
            preview_url=reverse("start_preview", args=[self.definition.name]),
            uploads=self.uploads,
            fingerprint=self.fingerprint,
        )
