"""Plants requests in every state in which a site may be stopped, through the engine's verbs."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client

from tests import people
from tests.upgrade.steps import AGES, SECRET
from workflows import engine
from workflows.engine import queries
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain

LONG_AGO = datetime(2020, 1, 6, 12, 0, tzinfo=UTC)
"""Whatever fell due then is due long since, whenever the site is looked at."""

APPROVE = {"decision": "approve"}
SEEN = {"seen": True}


@dataclass
class Site:
    """The people of the site, and its requests by name."""

    people: dict[str, User] = field(default_factory=dict)
    requests: dict[str, WorkflowInstance] = field(default_factory=dict)

    def start(self, case: str, workflow: str, by: str = "ana", **data: Any) -> WorkflowInstance:
        """Start a request under a name of its own; nothing runs yet."""
        version = data.pop("version", None)
        known = {"title": case} if workflow == "upgrade_approval" else {}
        started = engine.start_workflow(
            workflow,
            initial_data={**known, **data},
            user=self.people[by],
            metadata={"case": case},
            version=version,
        )
        self.requests[case] = started
        return started

    def task(self, case: str, step: str | None = None) -> HumanTask:
        """Give the newest task of a request, or that of a step."""
        found = HumanTask.objects.filter(instance=self.requests[case])
        task = (found.filter(step=step) if step else found).order_by("created_at").last()
        assert task is not None, f"There is no task in {case}."
        return queries.find_task(task.pk)

    def done(self, case: str, by: str = "ben", data: dict[str, Any] | None = None) -> HumanTask:
        """Complete the newest open task of a request; what follows is not run yet."""
        answer = SEEN if data is None else data
        task = HumanTask.objects.open().filter(instance=self.requests[case]).latest("created_at")
        return engine.complete_human_task(task.pk, user=self.people[by], data=answer)


def plant_people(site: Site) -> None:
    """Make those of the tests, a second manager, and who works for the examples."""
    everybody = [people.ana(), people.ben(), people.cleo(), people.admin()]
    dana = people.person("dana", groups=("managers", "directors"))
    emil = people.person("emil", groups=("HR", "IT", "facilities"))
    dana.user_permissions.add(Permission.objects.get(codename="manage_upgrade_approval"))
    dana.groups.first().permissions.add(  # type: ignore[union-attr]
        Permission.objects.get(codename="view_upgrade_steps")
    )
    site.people = {user.username: user for user in (*everybody, dana, emil)}


def plant_machines(site: Site) -> None:
    """Plant what runs by itself: to its end, to a failure, or until a clock says so."""
    site.start("expired", "upgrade_fleeting")
    drain(now=LONG_AGO)
    drain(now=LONG_AGO + timedelta(days=3))
    site.start("completed", "upgrade_steps")
    site.start("failed", "upgrade_broken")
    site.start("failed within", "upgrade_broken_parent")
    site.start("tried again", "upgrade_fragile")
    site.start("asleep", "upgrade_pause")
    site.start("in groups", "upgrade_groups", way="left")
    site.start("racing", "upgrade_groups", way="right")
    site.start("joining", "upgrade_joins")
    site.start("for each", "upgrade_each", names=["one", "two", "three"])
    site.start("parent", "upgrade_parent")
    site.start("nobody", "upgrade_look", who="nobody")
    site.start("to move", "upgrade_moving", version="1")
    site.start("moved", "upgrade_moving", version="1")
    site.start("lost", "upgrade_lost")
    site.start("expense", "expense_approval", amount=4200, title="Train", category="travel")
    hire = {"name": "Zoe", "role": "Carpenter", "start_date": "2126-01-07"}
    site.start("onboarding", "onboarding", by="emil", **hire)
    drain()
    site.done("for each")
    engine.migrate_instances(
        "upgrade_moving",
        "1",
        "2",
        mapping={"look": "seen"},
        instances=[site.requests["moved"]],
        dry_run=False,
    )
    for _ in range(2):
        site.done("racing")
        drain()


ORDERS = ("called early", "waits for payment", "waits for parcel", "not called yet")


def plant_calls(site: Site) -> None:
    """Plant orders whose payment or parcel is awaited, or was told of too early."""
    for number, case in enumerate(ORDERS, 1):
        site.start(case, "upgrade_calls", order=number)
    drain()
    call(address_of(site, "called early"), {"paid": True})
    for case in ("waits for payment", "waits for parcel"):
        site.done(case)
    drain()
    call(address_of(site, "waits for parcel"), {"paid": True})
    drain()


def address_of(site: Site, case: str) -> str:
    """Give the address at which a request's payment is awaited."""
    site.requests[case].refresh_from_db()
    return str(site.requests[case].data["address"])


def call(address: str, said: dict[str, Any], client: Client | None = None) -> None:
    """Call as another system does, with the signature that only the parcel's step asks for."""
    body = json.dumps(said)
    signature = hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
    headers = {"X-Signature": signature, "X-Delivery-Id": "delivery"}
    answer = (client or Client()).post(
        address, body, content_type="application/json", headers=headers
    )
    assert answer.status_code == 200, answer.content


APPROVALS = (
    *("ready", "with a draft", "with a file", "compared", "polled", "next"),
    *("claimed", "asked", "answered", "decided", "undone", "handed over", "overridden"),
    *("canceled", "snoozed", "mentioned", "suspended", "to withdraw", "signed out", "alone"),
    *("batch 1", "batch 2", "batch 3", "pick 1", "pick 2", "confirm 1", "confirm 2"),
)


def plant_approvals(site: Site) -> None:
    """Plant requests that a manager decides, each with something else done to its task."""
    for number, case in enumerate(APPROVALS):
        site.start(case, "upgrade_approval", amount=100 + number)
    for case in ("acknowledged", "reopened", "half way", "to reopen"):
        site.start(case, "upgrade_look")
    drain()
    ana, ben, dana, ada = (site.people[name] for name in ("ana", "ben", "dana", "ada"))
    for case in ("claimed", "asked", "answered", "handed over"):
        engine.claim(site.task(case), user=ben)
    for case in ("asked", "answered"):
        engine.ask(site.task(case), user=ben, of=ana, question="Is it needed?")
    engine.answer(site.task("answered"), user=ana, text="It is.")
    site.done("decided", data=APPROVE)
    engine.complete_human_task(site.task("undone"), user=ben, data=APPROVE)
    engine.undo(site.task("undone"), user=ben)
    engine.reassign(site.task("handed over"), to=dana, user=ben, reason="I am away.")
    engine.override(site.task("overridden"), user=ada, data=APPROVE, reason="All are ill.")
    engine.cancel_workflow(site.requests["canceled"], user=ana, reason="Entered twice.")
    engine.snooze(site.task("snoozed"), user=ben, until=datetime.now(UTC) + AGES)
    engine.comment(site.task("mentioned"), user=dana, text="Look at **this**, @ben.")
    engine.suspend(site.requests["suspended"])
    site.done("reopened")
    engine.reopen(site.task("reopened"), user=ada, reason="Look closer.")
    site.done("acknowledged")
    drain()
    site.start("held", "upgrade_steps")
    engine.suspend(site.requests["held"])
    drain()


def plant_last(site: Site) -> None:
    """Plant what is to be done next: nobody may work on the site from here on."""
    site.start("due long ago", "upgrade_pause", days=1)
    drain(now=LONG_AGO)
    site.start("pending", "upgrade_steps")
    for case in ("half way", "to reopen"):
        site.done(case)
