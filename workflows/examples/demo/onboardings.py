"""The demo's new colleagues, at every stage of their preparation."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any, Final

from workflows import engine
from workflows.examples.demo.stage import Scene, Story
from workflows.models import WorkflowInstance

WORKFLOW: Final = "onboarding"
COLLEAGUES: Final = (
    ("Amara", "Nwosu"),
    ("Björn", "Sandberg"),
    ("Chiara", "Conti"),
    ("Dmytro", "Kovalenko"),
    ("Élodie", "Martin"),
    ("Felix", "Brandt"),
    ("Grace", "O’Connor"),
    ("Hiro", "Tanaka"),
    ("Isabel", "Reyes"),
    ("Jakub", "Nowak"),
    ("Katrin", "Schäfer"),
    ("Liam", "Murphy"),
)
ROLES: Final = ("Designer", "Engineer", "Accountant", "Support agent", "Product owner")
STEPS: Final = (
    ("prepare/accounts", "ivan"),
    ("prepare/paperwork/contract", "hanna"),
    ("prepare/desk", "ines"),
    ("prepare/paperwork/first_week", "hanna"),
    ("welcome", "hanna"),
)


def announce(scene: Scene, *, first_day_in: int) -> WorkflowInstance:
    """Start the onboarding of somebody who comes so many days after (or before) the end."""
    first, last = scene.pick(COLLEAGUES)
    data = {
        "name": f"{first} {last}",
        "role": scene.chance.choice(ROLES),
        "start_date": (scene.present + timedelta(days=first_day_in)).date().isoformat(),
        "location": scene.chance.choice(("Berlin", "Lisbon", "Oslo", "Vienna")),
    }
    return scene.start(WORKFLOW, "hanna", data)


def answer(scene: Scene, instance: WorkflowInstance, step: str) -> dict[str, Any]:
    """Fill in the form of a step."""
    chance = scene.chance
    match step.rpartition("/")[2]:
        case "accounts":
            first, _, last = instance.data["name"].lower().partition(" ")
            plain = (first[:1] + last).encode("ascii", "ignore").decode()
            account = "".join(letter for letter in plain if letter.isalpha())
            return {"account": account, "laptop": chance.choice(("13 inch", "14 inch", "16 inch"))}
        case "contract":
            return {"signed_on": scene.workday(chance.randrange(1, 4), 12).date().isoformat()}
        case "desk":
            return {"desk": f"{chance.choice('ABC')}{chance.randrange(1, 60)}", "height": 74}
        case "first_week":
            plan = "Monday: tour and tools.\nTuesday: first ticket, in a pair.\nFriday: lunch."
            return {"buddy": chance.choice(("Emil Novak", "Farah Haddad")), "plan": plan}
        case _:
            return {}


def prepared(
    scene: Scene, count: int, *, days_ago: int, first_day_in: int
) -> Generator[datetime, None, WorkflowInstance]:
    """Have the first `count` steps done, one each working day; gives the instance."""
    yield scene.workday(days_ago, 9)
    instance = announce(scene, first_day_in=first_day_in)
    for number, (step, by) in enumerate(STEPS[:count]):
        yield scene.workday(days_ago - number, 10 + number)
        scene.decide(instance, step, by, **answer(scene, instance, step))
    return instance


def arrived(scene: Scene) -> Story:
    """Be here already."""
    yield from prepared(scene, 5, days_ago=scene.chance.randrange(16, 30), first_day_in=-8)


def expected(scene: Scene) -> Story:
    """Come soon, with everything prepared."""
    yield from prepared(scene, 4, days_ago=9, first_day_in=scene.chance.randrange(2, 6))


def underway(scene: Scene) -> Story:
    """Come in two or three weeks, with something done."""
    first_day_in = scene.chance.randrange(12, 22)
    count = scene.chance.randrange(1, 4)
    yield from prepared(scene, count, days_ago=5, first_day_in=first_day_in)


def announced(scene: Scene) -> Story:
    """Come next month."""
    yield scene.ago(hours=scene.chance.randrange(2, 30))
    announce(scene, first_day_in=scene.chance.randrange(26, 45))


def late(scene: Scene) -> Story:
    """Come in two days, with little done."""
    yield from prepared(scene, 1, days_ago=8, first_day_in=2)


def called_off(scene: Scene) -> Story:
    """Have chosen another employer."""
    yield scene.workday(12, 9)
    instance = announce(scene, first_day_in=20)
    yield scene.workday(6, 11)
    engine.cancel_workflow(
        instance, user=scene.people["hanna"], reason="She has chosen another employer."
    )


def suspended(scene: Scene) -> Story:
    """Wait for a permit."""
    instance = yield from prepared(scene, 1, days_ago=7, first_day_in=30)
    yield scene.workday(4, 15)
    engine.suspend(instance, user=scene.people["admin"], reason="The work permit is missing.")


STORIES: Final = (
    (arrived, 5),
    (expected, 2),
    (underway, 4),
    (announced, 3),
    (late, 1),
    (called_off, 1),
    (suspended, 1),
)
