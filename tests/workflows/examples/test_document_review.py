"""Document review: a colleague approves, rejects, or sends the document back for another round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from tests.people import person
from tests.workflows.examples.conftest import Decide, Start
from workflows import engine
from workflows.engine import queries
from workflows.exceptions import InvalidSubmission
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain

Statuses = Callable[[WorkflowInstance], dict[str, str]]
POLICY = {"title": "Travel policy", "link": "https://docs.example.org/travel"}


@pytest.fixture
def emil(db: None) -> User:
    """Give an author who reviews."""
    return person("emil", groups=("authors",))


def test_an_approved_document_is_published(
    ana: User, emil: User, start: Start, decide: Decide
) -> None:
    review = decide(start("document_review", ana, **POLICY), "review", emil, decision="approve")

    assert (review.status, review.data["status"]) == ("completed", "published")
    told = [(line.text, line.actor) for line in queries.history(review, ana)]
    assert told[1:3] == [("Asked: Review document", ""), ("Review document: Approve", "Emil")]
    assert told[3][0] == "Publish done"


def test_an_approval_can_be_taken_back_before_the_document_is_published(
    ana: User, emil: User, start: Start
) -> None:
    review = start("document_review", ana, **POLICY)
    task = HumanTask.objects.get(instance=review)
    engine.complete_human_task(task, user=emil, data={"decision": "approve"})
    drain()

    engine.undo(task, user=emil)

    drain(now=task.created_at + timedelta(minutes=1))
    review.refresh_from_db()
    assert (review.status, review.data.get("status")) == ("waiting", None)


def test_a_rejected_document_is_closed(ana: User, emil: User, start: Start, decide: Decide) -> None:
    review = start("document_review", ana, **POLICY)
    review = decide(review, "review", emil, decision="reject", feedback="Not this year.")

    assert (review.status, review.data["status"]) == ("completed", "rejected")


def test_a_revision_goes_to_the_author_and_comes_back(
    ana: User, emil: User, start: Start, decide: Decide, statuses: Statuses
) -> None:
    review = start("document_review", ana, **POLICY)
    review = decide(review, "review", emil, decision="revise", feedback="Shorter.", priority=2)
    assert HumanTask.objects.open().get(instance=review).assignee == ana

    review = decide(review, "revise", ana, decision="resubmit", changes="Half as long.")

    again = HumanTask.objects.open().get(instance=review)
    assert (again.step, again.execution.visit) == ("review", 2)
    assert "> Half as long." in again.description
    review = decide(review, "review", emil, decision="approve")
    assert (review.status, review.data["status"]) == ("completed", "published")
    assert "close" not in statuses(review)


def test_words_are_needed_for_a_revision(
    ana: User, emil: User, start: Start, decide: Decide
) -> None:
    review = start("document_review", ana, **POLICY)
    with pytest.raises(InvalidSubmission) as caught:
        decide(review, "review", emil, decision="revise", feedback=" ")

    assert caught.value.errors == {"/feedback": ["Say what has to change."]}


def test_the_author_may_withdraw(ana: User, emil: User, start: Start, decide: Decide) -> None:
    review = start("document_review", ana, **POLICY)
    review = decide(review, "review", emil, decision="revise", feedback="Shorter.")
    review = decide(review, "revise", ana, decision="withdraw")

    assert (review.status, review.data["status"]) == ("completed", "withdrawn")


def test_what_is_not_revised_for_two_weeks_is_withdrawn(
    ana: User, emil: User, start: Start, decide: Decide
) -> None:
    review = start("document_review", ana, **POLICY)
    review = decide(review, "review", emil, decision="revise", feedback="Shorter.")
    task = HumanTask.objects.open().get(instance=review)

    drain(now=task.created_at + timedelta(days=14))

    task.refresh_from_db()
    review.refresh_from_db()
    assert task.status == "expired"
    assert (review.status, review.data["status"]) == ("completed", "withdrawn")


def test_the_wished_day_is_when_the_review_is_due(ana: User, emil: User, start: Start) -> None:
    review = start("document_review", ana, needed_by="2027-03-05", **POLICY)

    due_at = HumanTask.objects.get(instance=review).due_at
    assert due_at is not None
    assert due_at.isoformat() == "2027-03-05T23:59:59+00:00"
