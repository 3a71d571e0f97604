"""The demo's documents: read, sent back, read again, published or not."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import Any, Final

from workflows import engine
from workflows.examples.demo.stage import Scene, Story
from workflows.models import WorkflowInstance

WORKFLOW: Final = "document_review"
TITLES: Final = (
    ("Travel policy", "policy"),
    ("Working from abroad", "policy"),
    ("Proposal for Nordwind GmbH", "proposal"),
    ("Proposal: one search for all shops", "proposal"),
    ("Customer survey, third quarter", "report"),
    ("Accessibility report", "report"),
    ("Post-mortem of the outage in May", "report"),
    ("Release note 4.2", "release note"),
    ("Release note 4.3", "release note"),
    ("Lease for the office in Porto", "contract"),
    ("Agreement with Kessler AG", "contract"),
    ("Password policy", "policy"),
)
REVISIONS: Final = (
    "The second section repeats the first one. Please shorten it.",
    "Numbers in table 3 do not add up to the total in the summary.",
    "Say who decides about exceptions.",
    "The dates are those of last year.",
)
CHANGES: Final = (
    "Shortened by a third; the examples are now in the appendix.",
    "Corrected table 3.\nAdded the source of each number.",
    "New paragraph about exceptions at the end of section 2.",
)


def hand_in(scene: Scene, *, by: str = "", days_ago: int = 0) -> WorkflowInstance:
    """Start a review."""
    title, kind = scene.pick(TITLES)
    place = title.lower().replace(" ", "-").replace(",", "").replace(":", "")
    data: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "link": f"https://docs.example.org/{place}",
    }
    if scene.chance.random() < 0.5 and days_ago > 2:
        data["needed_by"] = scene.workday(days_ago - 2, 12).date().isoformat()
    return scene.start(WORKFLOW, by or scene.chance.choice(("ana", "emil", "farah")), data)


def read(scene: Scene, review: WorkflowInstance, decision: str, feedback: str = "") -> None:
    """Have a colleague of the author decide."""
    author = review.started_by.username if review.started_by else ""
    reader = scene.chance.choice([name for name in ("emil", "farah") if name != author])
    data = {"decision": decision, "priority": scene.chance.randrange(1, 6)}
    scene.decide(review, "review", reader, **data, **({"feedback": feedback} if feedback else {}))


def published(scene: Scene) -> Story:
    """Be approved at once."""
    days_ago = scene.chance.randrange(3, 30)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    review = hand_in(scene, days_ago=days_ago)
    yield scene.workday(days_ago - 1, scene.chance.randrange(9, 18))
    read(scene, review, "approve")


def published_in_two_rounds(scene: Scene) -> Story:
    """Be approved after a revision."""
    days_ago = scene.chance.randrange(6, 30)
    review = yield from sent_back(scene, days_ago)
    yield scene.workday(days_ago - 3, scene.chance.randrange(9, 12))
    revise(scene, review, "resubmit")
    yield scene.workday(days_ago - 4, scene.chance.randrange(9, 18))
    read(scene, review, "approve", "Much better.")


def rejected(scene: Scene) -> Story:
    """Be rejected."""
    days_ago = scene.chance.randrange(3, 30)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    review = hand_in(scene, days_ago=days_ago)
    yield scene.workday(days_ago - 1, scene.chance.randrange(9, 18))
    read(scene, review, "reject", "We have agreed not to publish this before the audit.")


def withdrawn(scene: Scene) -> Story:
    """Be taken back by the author instead of being revised."""
    days_ago = scene.chance.randrange(6, 30)
    review = yield from sent_back(scene, days_ago)
    yield scene.workday(days_ago - 2, scene.chance.randrange(9, 18))
    revise(scene, review, "withdraw")


def forgotten(scene: Scene) -> Story:
    """Not be revised within two weeks, and be withdrawn for that."""
    yield from sent_back(scene, 24)


def waiting(scene: Scene) -> Story:
    """Wait for a reader."""
    yield scene.ago(hours=scene.chance.randrange(2, 70), minutes=scene.chance.randrange(60))
    hand_in(scene, days_ago=3)


def being_read(scene: Scene) -> Story:
    """Be on a reader's own list."""
    hours = scene.chance.randrange(10, 70)
    yield scene.ago(hours=hours)
    review = hand_in(scene, by="ana", days_ago=4)
    yield scene.ago(hours=hours - 5)
    scene.claim(review, "review", scene.pick(("emil", "ben", "farah")))


def waiting_again(scene: Scene) -> Story:
    """Wait for a reader in the second round."""
    review = yield from sent_back(scene, 5)
    yield scene.workday(2, scene.chance.randrange(9, 18))
    revise(scene, review, "resubmit")


def with_ana(scene: Scene) -> Story:
    """Be on Ana's list, with what she should change."""
    yield from sent_back(scene, scene.chance.randrange(2, 6), by="ana")


def with_its_author(scene: Scene) -> Story:
    """Be on an author's list."""
    yield from sent_back(
        scene, scene.chance.randrange(2, 6), by=scene.chance.choice(("emil", "farah"))
    )


def called_off(scene: Scene) -> Story:
    """Be cancelled while somebody could have read it."""
    days_ago = scene.chance.randrange(3, 20)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    review = hand_in(scene, days_ago=days_ago)
    yield scene.workday(days_ago - 1, scene.chance.randrange(9, 18))
    engine.cancel_workflow(review, user=review.started_by, reason="The customer has decided.")


def sent_back(
    scene: Scene, days_ago: int, by: str = ""
) -> Generator[datetime, None, WorkflowInstance]:
    """Be handed in, and sent back the next working day; gives the instance."""
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    review = hand_in(scene, by=by, days_ago=days_ago)
    yield scene.workday(days_ago - 1, scene.chance.randrange(9, 18))
    read(scene, review, "revise", scene.chance.choice(REVISIONS))
    return review


def revise(scene: Scene, review: WorkflowInstance, decision: str) -> None:
    """Have the author answer."""
    author = review.started_by.username if review.started_by else ""
    said = {"changes": scene.chance.choice(CHANGES)} if decision == "resubmit" else {}
    scene.decide(review, "revise", author, decision=decision, **said)


STORIES: Final = (
    (published, 12),
    (published_in_two_rounds, 5),
    (rejected, 3),
    (withdrawn, 2),
    (forgotten, 1),
    (waiting, 4),
    (being_read, 3),
    (waiting_again, 2),
    (with_ana, 2),
    (with_its_author, 3),
    (called_off, 2),
)
