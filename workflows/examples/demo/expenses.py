"""The demo's expenses: approved, rejected, late, stuck, taken back."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from workflows import engine
from workflows.examples.demo.stage import Scene, Story
from workflows.models import WorkflowInstance

WORKFLOW: Final = "expense_approval"


class Purchase(NamedTuple):
    """Something that people spend money on, and about how much."""

    title: str
    category: str
    lowest: int
    highest: int
    notes: str = ""


SMALL: Final = (
    Purchase("Taxi from the airport", "travel", 28, 64),
    Purchase("Train to Lyon", "travel", 96, 310, "Flexible ticket; the meeting may move."),
    Purchase("Team lunch", "meals", 140, 320, "Nine people, after the release."),
    Purchase("Dinner with Nordwind", "meals", 110, 260, "Contract renewal."),
    Purchase("Headphones", "equipment", 180, 340),
    Purchase("Three USB-C docks", "equipment", 390, 620),
    Purchase("Book on data systems", "training", 41, 52),
    Purchase("Fonts for the brochure", "software", 240, 780),
    Purchase("Moderation cards", "other", 35, 120),
    Purchase("Two nights in Porto", "travel", 260, 540),
    Purchase("Parking at the fair", "travel", 24, 48),
    Purchase("Adapters and cables", "equipment", 45, 160),
)
MEDIUM: Final = (
    Purchase("Flights to Lisbon", "travel", 1_150, 1_900, "Four people; kick-off with the agency."),
    Purchase("Project week in Vienna", "travel", 1_400, 2_600),
    Purchase(
        "Standing desks", "equipment", 2_200, 4_800, "For the new room; three offers attached."
    ),
    Purchase("Laptop for design", "equipment", 2_100, 3_400, "Replaces the one from 2019."),
    Purchase("Accessibility course", "training", 1_200, 2_400, "Two seats."),
    Purchase("Conference tickets", "training", 1_300, 3_900),
    Purchase("Design tool licences", "software", 1_800, 6_200, "Yearly, twelve seats."),
    Purchase("Handbook translation", "other", 2_400, 5_300, "German, Portuguese, Polish."),
    Purchase("Open day catering", "meals", 1_600, 4_200, "About ninety guests."),
    Purchase("Printer repair", "equipment", 1_050, 1_700),
    Purchase("Photos of the team", "other", 1_100, 2_300, "One day in the studio."),
    Purchase(
        "Video conference set", "equipment", 2_600, 5_900, "For the room on the second floor."
    ),
    Purchase("Penetration test", "software", 6_400, 9_800, "Before the release in spring."),
    Purchase("Workshop with Kessler", "travel", 1_250, 2_100, "Train and two nights for three."),
)
LARGE: Final = (
    Purchase("Booth at the spring fair", "other", 12_500, 18_900, "Early-bird price until Friday."),
    Purchase("Render farm servers", "equipment", 16_000, 28_400, "Four units, on site."),
    Purchase("Leadership programme", "training", 10_800, 14_600, "Six people, half a year."),
    Purchase("Product video", "other", 11_200, 19_500),
    Purchase("Monitoring, three years", "software", 13_000, 24_000),
)
REQUESTERS: Final = ("ana", "ana", "emil", "farah", "hanna", "ivan", "jonas")
PRAISE: Final = ("", "", "Thank you for the offers.", "Fine.", "As agreed on Monday.")
REASONS: Final = (
    "Please ask for a second offer first.",
    "The budget for this quarter is used up.",
    "We have two of these in storage.",
    "This belongs to the project's account, not to ours.",
)


def submit(
    scene: Scene,
    purchases: tuple[Purchase, ...],
    *,
    days_ago: int = 0,
    by: str = "",
    cost_center: str = "",
) -> WorkflowInstance:
    """Start an expense for one of these purchases, with a receipt of some days before."""
    chance = scene.chance
    purchase = scene.pick(purchases)
    data: dict[str, Any] = {
        "title": purchase.title,
        "amount": round(chance.uniform(purchase.lowest, purchase.highest), 2),
        "category": purchase.category,
        "receipt_date": scene.workday(days_ago + chance.randrange(1, 5), 12).date().isoformat(),
        "cost_center": cost_center or chance.choice(("1100", "2100", "3100", "4100")),
    }
    if purchase.notes:
        data["notes"] = purchase.notes
    return scene.start(WORKFLOW, by or chance.choice(REQUESTERS), data)


def automatic(scene: Scene) -> Story:
    """Spend so little that nobody is asked."""
    days_ago = scene.chance.randrange(1, 30)
    yield scene.workday(days_ago, scene.chance.randrange(8, 18))
    submit(scene, SMALL, days_ago=days_ago)


def approved(scene: Scene) -> Story:
    """Get a manager's approval, the same day or the next."""
    days_ago = scene.chance.randrange(2, 30)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    expense = submit(scene, MEDIUM, days_ago=days_ago)
    yield scene.workday(days_ago - scene.chance.randrange(2), scene.chance.randrange(13, 18))
    manager = scene.chance.choice(("ben", "ben", "mara"))
    comment = scene.chance.choice(PRAISE)
    scene.decide(expense, "manager_approval", manager, **decision("approve", comment))


def rejected(scene: Scene) -> Story:
    """Hear a manager's no."""
    days_ago = scene.chance.randrange(3, 30)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    expense = submit(scene, MEDIUM, days_ago=days_ago)
    yield scene.workday(days_ago - 1, scene.chance.randrange(9, 18))
    manager = scene.chance.choice(("ben", "mara"))
    comment = scene.chance.choice(REASONS)
    scene.decide(expense, "manager_approval", manager, **decision("reject", comment))


def approved_above(scene: Scene) -> Story:
    """Get the director's approval after two days."""
    days_ago = scene.chance.randrange(4, 30)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    expense = submit(scene, LARGE, days_ago=days_ago)
    yield scene.workday(days_ago - 2, scene.chance.randrange(9, 18))
    scene.decide(expense, "vp_approval", "dana", **decision("approve", "Go ahead."))


def rejected_above(scene: Scene) -> Story:
    """Hear the director's no."""
    days_ago = scene.chance.randrange(4, 30)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    expense = submit(scene, LARGE, days_ago=days_ago)
    yield scene.workday(days_ago - 2, scene.chance.randrange(9, 18))
    comment = scene.chance.choice(REASONS)
    scene.decide(expense, "vp_approval", "dana", **decision("reject", comment))


def overdue(scene: Scene) -> Story:
    """Wait longer than the three days that a manager has."""
    yield scene.ago(days=scene.chance.randrange(4, 7), hours=scene.chance.randrange(1, 8))
    submit(scene, MEDIUM, days_ago=6)


def due_today(scene: Scene) -> Story:
    """Wait almost as long."""
    yield scene.ago(days=2, hours=scene.chance.randrange(17, 23), minutes=22)
    submit(scene, MEDIUM, days_ago=4)


def waiting(scene: Scene) -> Story:
    """Wait for a manager since a while."""
    yield scene.ago(hours=scene.chance.randrange(1, 44), minutes=scene.chance.randrange(60))
    submit(scene, MEDIUM, days_ago=2)


def waiting_above(scene: Scene) -> Story:
    """Wait for the director."""
    yield scene.ago(hours=scene.chance.randrange(4, 100), minutes=scene.chance.randrange(60))
    submit(scene, LARGE, days_ago=4)


def taken_by_ben(scene: Scene) -> Story:
    """Be on Ben's own list: late, due in minutes, today, or later."""
    hours = scene.pick((75.3, 71.8, 69.5, 62, 40, 21))
    yield scene.ago(hours=hours)
    expense = submit(scene, MEDIUM, days_ago=4)
    yield scene.ago(hours=hours - scene.chance.randrange(1, 7))
    scene.claim(expense, "manager_approval", "ben")


def taken_by_mara(scene: Scene) -> Story:
    """Be on Mara's own list, where Ben leaves it alone."""
    hours = scene.chance.randrange(8, 60)
    yield scene.ago(hours=hours)
    expense = submit(scene, MEDIUM, days_ago=3)
    yield scene.ago(hours=hours - scene.chance.randrange(1, 7))
    scene.claim(expense, "manager_approval", "mara")


def handed_over(scene: Scene) -> Story:
    """Be handed from Mara to Ben."""
    yield scene.ago(hours=50)
    expense = submit(scene, MEDIUM, days_ago=3)
    yield scene.ago(hours=47)
    scene.claim(expense, "manager_approval", "mara")
    yield scene.ago(hours=26)
    task = scene.task(expense, "manager_approval")
    mara, ben = scene.people["mara"], scene.people["ben"]
    engine.reassign(task, to=ben, user=mara, reason="I am on leave from tomorrow.")


def of_the_director(scene: Scene) -> Story:
    """Be the director's own: four eyes leave nobody who could approve it."""
    yield scene.ago(hours=30)
    submit(scene, LARGE, days_ago=3, by="dana")


def unknown_to_the_ledger(scene: Scene) -> Story:
    """Fail, because the ledger does not know the cost center."""
    days_ago = scene.chance.randrange(2, 12)
    yield scene.workday(days_ago, scene.chance.randrange(8, 18))
    submit(scene, SMALL, days_ago=days_ago, cost_center=scene.chance.choice(("5200", "6100")))


def tried_again(scene: Scene) -> Story:
    """Have failed at the ledger just now, and be about to be tried again."""
    yield scene.ago(seconds=10)
    submit(scene, SMALL, days_ago=1, cost_center="6100")


def withdrawn(scene: Scene) -> Story:
    """Be cancelled by whoever requested it."""
    days_ago = scene.chance.randrange(3, 25)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    expense = submit(scene, MEDIUM, days_ago=days_ago)
    yield scene.workday(days_ago, scene.chance.randrange(13, 18))
    reason = scene.chance.choice(("Entered twice.", "The trip was called off.", "Wrong amount."))
    engine.cancel_workflow(expense, user=expense.started_by, reason=reason)


def suspended(scene: Scene) -> Story:
    """Be held by the admin for an audit."""
    days_ago = scene.chance.randrange(2, 9)
    yield scene.workday(days_ago, scene.chance.randrange(8, 12))
    expense = submit(scene, LARGE, days_ago=days_ago)
    yield scene.workday(days_ago, scene.chance.randrange(13, 18))
    engine.suspend(expense, user=scene.people["admin"], reason="Held until the audit is over.")


def new(scene: Scene) -> Story:
    """Be started at this very moment; the worker does the rest."""
    yield scene.present
    submit(scene, SMALL, days_ago=1)


def decision(value: str, comment: str) -> dict[str, str]:
    """Give the form of an approval; an empty comment is none."""
    return {"decision": value, **({"comment": comment} if comment else {})}


STORIES: Final = (
    (automatic, 28),
    (approved, 26),
    (rejected, 8),
    (approved_above, 5),
    (rejected_above, 2),
    (overdue, 4),
    (due_today, 3),
    (waiting, 9),
    (waiting_above, 4),
    (taken_by_ben, 6),
    (taken_by_mara, 3),
    (handed_over, 2),
    (of_the_director, 1),
    (unknown_to_the_ledger, 4),
    (tried_again, 1),
    (withdrawn, 5),
    (suspended, 2),
    (new, 3),
)
