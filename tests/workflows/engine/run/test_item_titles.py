"""Tasks of groups made by `for_each` say which item they are about, and which of how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflows.asking import Ask
from tests.workflows.definitions import Do, sequence
from workflows import (
    BaseHumanStep,
    ParallelGroup,
    SequentialGroup,
    WorkflowContext,
    WorkflowDefinition,
    engine,
)
from workflows.engine.work.item_labels import label_of
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain

Run = Callable[..., WorkflowInstance]
CITIES = ["Lisbon", "Porto", "Faro"]


def each(*items: Any, step: Any = None, **more: Any) -> WorkflowDefinition:
    """Ask Ben about each of these."""
    asked = step or Ask("ben", title="Review")
    group = ParallelGroup.for_each(lambda context: list(items), asked, **more)
    return sequence(group, summary="{trip}", name="each")


def told() -> list[tuple[str, str]]:
    """Give the titles and summaries of all tasks, in the order of their items."""
    tasks = HumanTask.objects.order_by("execution__scope", "execution__position", "execution_id")
    return [*tasks.values_list("title", "summary")]


def test_title_and_summary_say_the_item_and_its_number(run: Run) -> None:
    run(each(*CITIES), initial_data={"trip": "South"})

    assert told() == [
        ("Review (1 of 3): Lisbon", "Lisbon (1 of 3): South"),
        ("Review (2 of 3): Porto", "Porto (2 of 3): South"),
        ("Review (3 of 3): Faro", "Faro (3 of 3): South"),
    ]


def test_history_and_search_know_the_item(run: Run) -> None:
    instance = run(each(*CITIES), initial_data={"trip": "South"})

    task = HumanTask.objects.get(title__contains="Porto")
    assert task.words.filter(word="porto").exists()
    created = instance.events.filter(kind="task.created").values_list("data__title", flat=True)
    assert "Review (2 of 3): Porto" in created


def test_without_a_summary_the_reference_stays_beside_the_item(run: Run) -> None:
    definition = sequence(
        ParallelGroup.for_each("context.get('cities')", Ask("ben")), reference="trip", name="each"
    )
    run(definition, initial_data={"cities": ["Porto"], "trip": "T-7"})

    assert told() == [("Ask (1 of 1): Porto", "Porto (1 of 1): T-7")]


class Own(BaseHumanStep):
    """Has a title of its own, which may speak of the item."""

    def __init__(self, title: str, summary: str = "") -> None:
        self.own, self.line = title, summary

    def get_title(self, context: WorkflowContext) -> str:
        """Give the title with the item."""
        return self.own.format(item=context.item)

    def get_summary(self, context: WorkflowContext) -> str:
        """Give the summary with the item."""
        return self.line.format(item=context.item)

    def get_assignee(self, context: WorkflowContext) -> str:
        """Ask Ben."""
        return "ben"


@pytest.mark.parametrize(
    ("step", "title", "summary"),
    [
        (Own("Visit {item}"), "Visit Porto", "Porto (1 of 1): South"),
        (Own("Visit"), "Visit", "Porto (1 of 1): South"),
        (Own("Visit", "See {item}"), "Visit", "1 of 1: See Porto"),
        (Own("Visit", "See Portorož"), "Visit", "Porto (1 of 1): See Portorož"),
    ],
)
def test_an_authors_own_title_stays_and_the_summary_has_what_they_did_not_say(
    run: Run, step: Own, title: str, summary: str
) -> None:
    run(each("Porto", step=step), initial_data={"trip": "South"})

    assert told() == [(title, summary)]


def test_a_summary_of_the_whole_request_that_names_every_item_does_not_tell_them_apart(
    run: Run,
) -> None:
    run(each("Faro", "Porto"), initial_data={"trip": "Faro and Porto"})

    assert [summary for _title, summary in told()] == [
        "Faro (1 of 2): Faro and Porto",
        "Porto (2 of 2): Faro and Porto",
    ]


def test_every_level_of_groups_inside_groups_is_told(run: Run) -> None:
    inner = ParallelGroup.for_each(
        "context.item['cities']", SequentialGroup(Do(), Ask("ben", title="Review"))
    )
    countries = [
        {"name": "Spain", "cities": ["Vigo"]},
        {"name": "Portugal", "cities": ["Faro", "Porto"]},
    ]
    run(sequence(ParallelGroup.for_each(lambda context: countries, inner)))

    assert {title for title, _summary in told()} == {
        "Review (1 of 2, 1 of 1): Spain, Vigo",
        "Review (2 of 2, 1 of 2): Portugal, Faro",
        "Review (2 of 2, 2 of 2): Portugal, Porto",
    }
    assert "Portugal (2 of 2), Porto (2 of 2)" in {summary for _title, summary in told()}


def test_a_new_visit_after_a_retry_keeps_number_and_count(run: Run) -> None:
    broken = {"Porto"}

    def fragile(context: WorkflowContext) -> None:
        if context.item in broken:
            raise ValueError(context.item)

    step = SequentialGroup(Do(fragile), Ask("ben", title="Review"))
    instance = run(each(*CITIES, step=step, on_child_failure="wait"))
    broken.clear()
    engine.retry(instance)
    drain()

    assert "Review (2 of 3): Porto" in {title for title, _summary in told()}


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ("Porto", "Porto"),
        (7, "7"),
        (2.5, "2.5"),
        (True, "Yes"),
        (False, "No"),
        (None, ""),
        ("", ""),
        ({}, ""),
        ([], ""),
        ("2026-11-30", "Nov. 30, 2026"),
        ("2026-02-30", "2026-02-30"),
        ("2026-11-30T14:00:00Z", "Nov. 30, 2026, 2 p.m. UTC"),
        (["Faro", "Porto"], "Faro, Porto"),
        (["a", "b", "c", "d"], "a, b, c, …"),
        ([{"name": "Faro"}, {}], "Faro"),
        ({"id": 7, "amount": 3, "name": "Porto"}, "Porto"),
        ({"id": 7, "Title": "Plan", "by": "ben"}, "Plan"),
        ({"by": "ben", "id": 7}, "7"),
        ({"size": 3, "city": "Porto", "area": 9}, "Porto"),
        ({"size": 3, "rooms": ["a"]}, "3"),
        ({"name": "", "id": "x1"}, "x1"),
        ({"name": {"first": "Ana"}, "id": 7}, "7"),
        ({"password": "hunter2", "api_key": "k", "pin": 1234}, ""),
        ({"name": {"$secret": True}, "code": "C1"}, "C1"),
        ({"$secret": True}, ""),
        ("data:text/plain;base64,aGk=", ""),
        ("one\ntwo\u2028three\u202efour\x07", "one two threefour"),
        ("<b>*Porto*</b>", "<b>*Porto*</b>"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_what_an_item_is_called(item: Any, label: str) -> None:
    assert label_of(item) == label


def test_an_author_may_say_what_items_are_called(run: Run) -> None:
    city = {"city": "Porto", "country": "Portugal", "name": "OPO", "token": "t0p"}
    run(each(city, 7, label="{city}, {country} {token}"))

    assert [title for title, _ in told()] == [
        "Review (1 of 2): Porto, Portugal –",
        "Review (2 of 2): 7",
    ]


def test_the_first_text_is_the_first_in_the_schema_and_what_is_secret_there_stays_so(
    run: Run,
) -> None:
    properties = {
        "entry": {"type": "string", "format": "password"},
        "town": {"type": "string"},
        "area": {"type": "string"},
    }
    schema = {
        "type": "object",
        "properties": {
            "towns": {"type": "array", "items": {"type": "object", "properties": properties}},
            "words": {"type": "array", "items": {"type": "string", "writeOnly": True}},
        },
    }
    towns = ParallelGroup.for_each("context.get('towns')", Ask("ben", title="Review"))
    words = ParallelGroup.for_each("context.data['words']", Ask("ben", title="Know"))
    run(
        sequence(ParallelGroup(towns, words), start_schema=schema),
        initial_data={
            "towns": [{"area": "Norte", "entry": "hunter2", "town": "Porto"}, {"entry": "x"}],
            "words": ["hunter2"],
        },
    )

    assert {title for title, _ in told()} == {
        "Review (1 of 2): Porto",
        "Review (2 of 2)",
        "Know (1 of 1)",
    }
    assert not HumanTask.objects.filter(summary__contains="hunter2").exists()


def test_however_long_they_are_the_number_and_the_item_are_never_cut_off(run: Run) -> None:
    long = "word " * 60
    run(each(long, step=Ask("ben", title="T" * 300)), initial_data={"trip": "s" * 600})

    (title, summary), *_ = told()
    assert len(title) <= 200
    assert "(1 of 1): word word" in title
    assert len(summary) == 500
    assert summary.startswith("word word")
    assert "(1 of 1): sss" in summary
