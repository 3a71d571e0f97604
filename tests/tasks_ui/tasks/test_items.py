"""Every page that names a task of a group made by `for_each` says which item it is about."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tasks_ui.bulk.selection import Pick, listed_form
from tests.tasks_ui.conftest import SignIn
from tests.workflows.asking import APPROVE, Ask
from tests.workflows.definitions import sequence
from workflows import ParallelGroup, WorkflowDefinition, engine
from workflows.engine import queries
from workflows.models import HumanTask, StoredDefinition, TaskWord
from workflows.testing import drain, registered

CITY = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "title": "City"},
        "rent": {"type": "number", "title": "Rent in euros"},
        "entry": {"type": "string", "title": "Code of the door", "format": "password"},
    },
}
CITIES = [
    {"name": "Lisbon", "rent": 900, "entry": "1234"},
    {"name": "Porto & <b>*Gaia*</b>", "rent": 4200, "entry": "9876"},
]
VISITS = sequence(
    ParallelGroup.for_each("context.get('cities')", Ask("ben", title="Review")),
    name="visits",
    start_schema={
        "type": "object",
        "properties": {"cities": {"type": "array", "title": "Cities", "items": CITY}},
    },
)
PORTO = "Porto & <b>*Gaia*</b>"
TITLE = f"Review (2 of 2): {PORTO}"


@pytest.fixture
def visits(ana: User, ben: User) -> Any:
    """Give the workflow, known while a test runs, and one without items."""
    with registered(VISITS, sequence(Ask("ben"), name="plain")):
        yield VISITS


@pytest.fixture
def tasks(visits: WorkflowDefinition, ana: User) -> list[HumanTask]:
    """Give the tasks over two cities, in their order."""
    return begin(ana)


def begin(user: User) -> list[HumanTask]:
    """Start a request and give its tasks."""
    instance = engine.start_workflow("visits", initial_data={"cities": CITIES}, user=user)
    drain()
    found = HumanTask.objects.filter(instance=instance).order_by("execution__position")
    return [queries.find_task(task.pk) for task in found]


def forget(tasks: list[HumanTask]) -> None:
    """Let these tasks be as an older release has stored them, with its definition."""
    ids = [task.pk for task in tasks]
    HumanTask.objects.filter(pk__in=ids).update(title="Review", summary="")
    TaskWord.objects.filter(task__in=ids).delete()
    stored = StoredDefinition.objects.get(workflow="visits")
    for node in stored.content["nodes"]:
        node.pop("items", None)
    stored.save()


def read(client: Client, url: str, **post: Any) -> str:
    """Give a page as text, its tags left in."""
    answer = client.post(url, post, follow=True) if post else client.get(url, follow=True)
    assert answer.status_code == 200, url
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("is_old", [False, True], ids=["new", "stored by an older release"])
def test_every_page_that_names_the_task_says_which_it_is(
    tasks: list[HumanTask], ana: User, ben: User, sign_in: SignIn, *, is_old: bool
) -> None:
    if is_old:
        forget(tasks)
    client, requester = sign_in(ben), sign_in(ana)
    title, task = html.escape(TITLE), tasks[1]
    bulk = {"act": "decide", "pick": [str(Pick.of(one)) for one in tasks]}

    pages = {
        "task": read(client, f"/t/{task.pk}/"),
        "list": read(client, "/inbox/mine/"),
        "bulk": read(client, "/bulk/?view=mine", **bulk),
        "hand over": read(client, f"/t/{task.pk}/hand-over/"),
        "people": read(client, f"/t/{task.pk}/people/"),
        "request": read(requester, f"/r/{task.instance_id}/"),
    }
    for name, page in pages.items():
        assert title in page, name
        assert "<b>*Gaia" not in page, name
        assert "<em>Gaia" not in page, name
        assert "9876" not in page, name
    assert f"{title}: waits for Ben" in pages["request"]
    assert html.escape(f"Asked: Review (2 of 2, {PORTO})") in pages["request"]
    assert title in f"<h1{pages['task'].partition('<h1')[2]}".partition("</h1>")[0]
    assert title in pages["task"].partition("</title>")[0]


@pytest.mark.parametrize("is_old", [False, True], ids=["new", "stored by an older release"])
def test_a_decision_its_message_and_its_receipt_say_which_it_was(
    tasks: list[HumanTask], ben: User, sign_in: SignIn, *, is_old: bool
) -> None:
    if is_old:
        forget(tasks)
    client, task = sign_in(ben), tasks[1]
    form = client.post("/bulk/?view=mine", {"act": "decide", "pick": [str(Pick.of(task))]})
    outcome = form.context["form"].buttons[0].value
    pick = {"pick": [str(Pick.of(task))], "confirmed": "1", "submission": "a" * 32}
    pick["fingerprint"] = listed_form(task)
    result = read(client, "/bulk/?view=mine", act="decide", outcome=outcome, **pick)
    assert html.escape(TITLE) in result

    receipt = read(client, f"/t/{task.pk}/receipt/")
    assert f"<dt>Item</dt><dd>{html.escape(PORTO)} (2 of 2)</dd>" in receipt
    found, chain = queries.decision_receipt(queries.find_task(task.pk))
    assert found is not None
    assert not chain.problems
    assert (found.said["title"], found.said["item"]) == (TITLE, f"{PORTO} (2 of 2)")


def test_the_message_after_a_decision_says_which_it_was(
    tasks: list[HumanTask], ben: User, sign_in: SignIn
) -> None:
    client, task = sign_in(ben), tasks[1]
    form = re.search(r"<form[^>]*/decide/.*?</form>", read(client, f"/t/{task.pk}/"))
    assert form
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    button = re.search(r'name="outcome" value="([^"]*)"', form[0])
    assert button

    posted = {name: html.unescape(value) for name, value in [*fields, ("outcome", button[1])]}
    page = read(client, f"/t/{task.pk}/decide/", **posted)

    assert html.escape(f"{PORTO} (2 of 2)") in page.partition("<article")[0]


def test_the_facts_begin_with_the_item_as_its_form_calls_it_and_without_its_secrets(
    tasks: list[HumanTask], ben: User, sign_in: SignIn
) -> None:
    item = sign_in(ben).get(f"/t/{tasks[1].pk}/").context["facts"][0]

    assert item.label == "Item 2 of 2"
    assert [(one.label, one.text) for one in item.items] == [
        ("City", PORTO),
        ("Rent in euros", "4,200"),
        ("Code of the door", "Not shown"),
    ]


def test_of_an_item_that_is_not_among_the_data_shown_only_its_label_is_told(
    ana: User, ben: User, sign_in: SignIn
) -> None:
    group = ParallelGroup.for_each(lambda context: context.get("cities"), Ask("ben"))
    with registered(sequence(group, name="visits")):
        task = begin(ana)[1]
        (item,) = sign_in(ben).get(f"/t/{task.pk}/").context["facts"]

    assert (item.label, item.text, item.items) == ("Item 2 of 2", PORTO, ())


def test_the_item_is_found_by_a_search(tasks: list[HumanTask], ben: User, sign_in: SignIn) -> None:
    page = sign_in(ben).get("/inbox/mine/?find=porto")

    assert [row.task for row in page.context["list"].rows] == [tasks[1]]


def test_lists_read_nothing_more_and_for_tasks_of_an_older_release_once_for_all(
    visits: WorkflowDefinition, ana: User, ben: User, sign_in: SignIn
) -> None:
    client = sign_in(ben)

    def cost() -> int:
        with CaptureQueriesContext(connection) as context:
            client.get("/inbox/mine/")
        return len(context)

    engine.start_workflow("plain", user=ana)
    drain()
    client.get("/inbox/mine/")
    before = cost()
    tasks = [*begin(ana), *begin(ana)]
    client.get("/inbox/mine/")
    assert cost() == before
    forget(tasks)
    assert cost() == before + 1


def test_other_tasks_are_as_they_were(ana: User, ben: User, sign_in: SignIn) -> None:
    group = ParallelGroup(Ask("ben", title="Review"))
    with registered(sequence(group, name="visits", summary="{cities}")):
        engine.start_workflow("visits", initial_data={"cities": "All"}, user=ana)
        drain()
        task = queries.find_task(HumanTask.objects.get().pk)
        assert (task.title, task.summary) == ("Review", "All")
        assert not queries.items_of(task)
        engine.complete_human_task(task, user=ben, data=APPROVE)
        found, _chain = queries.decision_receipt(queries.find_task(task.pk))

    assert found is not None
    assert "item" not in found.said
