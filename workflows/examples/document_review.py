"""Document review: a colleague approves, rejects, or sends the document back for another round.

Shows a loop, steps that ask one person or a group, texts and due dates that follow from the data,
`validate_submission`, some seconds to take a decision back, and a decision that is taken for
whoever does not answer in time.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from workflows import BaseHumanStep, BaseMachineStep, Edge, WorkflowContext, WorkflowDefinition


class Review(BaseHumanStep):
    """Human reviews and approves a document."""

    name = "Review"
    title = "Review document"

    form_schema = {
        "type": "object",
        "properties": {
            "decision": {
                "type": "string",
                "title": "Your decision",
                "enum": ["approve", "reject", "revise"],
                "enumNames": ["Approve", "Reject", "Request revisions"],
            },
            "feedback": {
                "type": "string",
                "title": "Feedback",
                "description": "Comments for the author",
                "maxLength": 4000,
            },
            "priority": {
                "type": "integer",
                "title": "Priority score",
                "minimum": 1,
                "maximum": 5,
            },
        },
        "required": ["decision"],
    }
    ui_schema = {"feedback": {"ui:widget": "textarea"}}
    four_eyes = True
    # What is published has been read: a slip of the finger can be taken back before that.
    undo = timedelta(seconds=10)
    row_fields = ("kind",)

    async def get_description(self, context: WorkflowContext) -> str:
        """Say in Markdown what has happened since the last round."""
        changes = context.get("changes")
        if not changes:
            return "Please read this document and say what should become of it."
        quoted = "\n".join(f"> {line}" for line in changes.splitlines())
        return f"The author has revised this document:\n\n{quoted}"

    async def get_candidate_groups(self, context: WorkflowContext) -> list[str]:
        """Ask the colleagues of the author; four eyes keep the author out."""
        return ["authors"]

    async def get_due_date(self, context: WorkflowContext) -> date | None:
        """Give what the author wished for; a day counts to its end."""
        wished = context.get("needed_by")
        return date.fromisoformat(wished) if wished else None

    async def validate_submission(
        self, context: WorkflowContext, data: dict[str, Any]
    ) -> dict[str, str]:
        """Ask for words wherever the author has to do something about them."""
        if data["decision"] != "approve" and not data.get("feedback", "").strip():
            return {"/feedback": "Say what has to change."}
        return {}


class Revise(BaseHumanStep):
    """Give the document back to whoever started the review."""

    name = "Revise"
    title = "Revise document"
    max_visits = 5

    form_schema = {
        "type": "object",
        "properties": {
            "decision": {
                "type": "string",
                "title": "What next?",
                "enum": ["resubmit", "withdraw"],
                "enumNames": ["Send it again", "Withdraw it"],
            },
            "link": {
                "type": "string",
                "title": "New link",
                "description": "Only if it has moved.",
                "format": "uri",
                "maxLength": 500,
            },
            "changes": {
                "type": "string",
                "title": "What has changed",
                "maxLength": 4000,
            },
        },
        "required": ["decision"],
    }
    ui_schema = {"changes": {"ui:widget": "textarea"}}
    timeout_outcome = {"decision": "withdraw"}
    visible_data = ("title", "kind", "link", "feedback", "priority")

    async def get_description(self, context: WorkflowContext) -> str:
        """Say what is expected, and what happens otherwise."""
        return "Your reviewer asks for changes. After two weeks the document is withdrawn."

    async def get_assignee(self, context: WorkflowContext) -> int | None:
        """Ask the author, by the number of their account."""
        return int(context.user_id) if context.user_id else None

    async def get_due_date(self, context: WorkflowContext) -> timedelta:
        """Leave the author two weeks; then `timeout_outcome` decides."""
        return timedelta(days=14)


class Publish(BaseMachineStep):
    """Put the document where everybody finds it."""

    name = "Publish"

    async def execute(self, context: WorkflowContext) -> str:
        """Give the place of the document."""
        context.set("status", "published")
        return str(context.get("link"))


class Close(BaseMachineStep):
    """Keep the document out of sight."""

    name = "Close"

    async def execute(self, context: WorkflowContext) -> None:
        """Note why: the last decision says it."""
        endings = {"reject": "rejected", "withdraw": "withdrawn"}
        context.set("status", endings[context.get("decision")])


document_review = WorkflowDefinition(
    name="document_review",
    version="1.0.0",
    description="Have a colleague read what you wrote before everybody else does.",
    steps={"review": Review(), "revise": Revise(), "publish": Publish(), "close": Close()},
    edges=[
        Edge("review", "publish", "context.get('decision') == 'approve'", "approved"),
        Edge("review", "close", "context.get('decision') == 'reject'", "rejected"),
        Edge("review", "revise", "context.get('decision') == 'revise'", "needs work"),
        Edge("revise", "review", "context.get('decision') == 'resubmit'", "again"),
        Edge("revise", "close", "context.get('decision') == 'withdraw'", "withdrawn"),
    ],
    start_schema={
        "type": "object",
        "properties": {
            "title": {"type": "string", "title": "Title", "minLength": 1, "maxLength": 150},
            "kind": {
                "type": "string",
                "title": "Kind",
                "enum": ["policy", "proposal", "report", "release note", "contract"],
                "default": "report",
            },
            "link": {
                "type": "string",
                "title": "Link to the document",
                "format": "uri",
                "maxLength": 500,
            },
            "needed_by": {"type": "string", "title": "Needed by", "format": "date"},
        },
        "required": ["title", "link"],
    },
    visible_data=["title", "kind", "link", "needed_by", "feedback", "changes"],
    summary="{title}",
)
