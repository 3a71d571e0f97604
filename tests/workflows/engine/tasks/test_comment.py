"""Comments: who may write them, whom they mention, and what becomes of that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from tests.expenses import start_expense
from tests.people import person
from workflows import engine
from workflows.engine import lists, queries
from workflows.exceptions import InvalidSubmission, NotAllowed
from workflows.models import Event, HumanTask
from workflows.permissions import make_permissions


@pytest.fixture
def task(ana: User, ben: User) -> HumanTask:
    """Give a task that Ana has asked for and that waits for a manager, such as Ben."""
    return start_expense(ana)


def written(task: HumanTask) -> list[str]:
    """Give the comments in the history of a task's request."""
    return [line.comment for line in lines(task) if line.comment]


def lines(task: HumanTask) -> list[queries.HistoryLine]:
    """Give the history of a task's request."""
    return queries.history(queries.find_task(task.pk).instance, None)


def listed(user: User) -> list[tuple[object, bool]]:
    """Give the tasks of somebody's own list, and whether they are mentioned there."""
    user = User.objects.get(pk=user.pk)
    return [(row.task_id, row.is_mentioned) for row in lists.tasks_for(user, "mine")]


def test_a_comment_is_one_line_of_the_history_with_its_author(ben: User, task: HumanTask) -> None:
    engine.comment(task, user=ben, text="  Which cost\r\ncentre?\x00 ")

    line = lines(task)[-1]
    assert (line.comment, line.actor) == ("Which cost\ncentre?", "Ben")
    assert Event.objects.filter(kind="task.commented").count() == 1


def test_whoever_may_not_see_the_task_can_write_nothing(cleo: User, task: HumanTask) -> None:
    with pytest.raises(NotAllowed):
        engine.comment(task, user=cleo, text="Hello.")
    assert written(task) == []


@pytest.mark.parametrize("text", ["", " \x00\n", "x" * 2001])
def test_nothing_and_too_much_are_refused(ben: User, task: HumanTask, text: str) -> None:
    with pytest.raises(InvalidSubmission):
        engine.comment(task, user=ben, text=text)
    assert written(task) == []


def test_the_same_submission_is_written_once(ana: User, ben: User, task: HumanTask) -> None:
    for text in ("Once", "Twice"):
        engine.comment(task, user=ben, text=text, submission_id="a1")
    engine.comment(task, user=ana, text="Another's", submission_id="a1")

    assert written(task) == ["Once", "Another's"]


def test_who_is_mentioned_finds_the_task_in_their_list_until_they_have_noted_it(
    ana: User, ben: User, task: HumanTask
) -> None:
    engine.comment(task, user=ben, text="Is it (@Ana.) or mail@cleo?")
    assert listed(ana) == [(task.pk, True)]
    assert queries.task_access(ana, queries.find_task(task.pk)).is_mentioned

    engine.complete_human_task(task.pk, user=ben, data={"decision": "approve"})
    assert listed(ana) == [(task.pk, True)], "It has been decided, and is still news."

    engine.note_mention(task, user=ana)
    assert listed(ana) == []
    assert queries.task_access(ana, queries.find_task(task.pk)).may_see


def test_an_answer_notes_the_mention(ana: User, ben: User, task: HumanTask) -> None:
    engine.comment(task, user=ben, text="@ana why?")
    engine.comment(task, user=ana, text="Because, @ana and @ben.")

    assert listed(ana) == []
    assert listed(ben) == [(task.pk, True)]


@pytest.mark.parametrize("name", ["cleo", "nobody", "gone"])
def test_who_may_not_see_it_cannot_be_mentioned_and_nothing_is_posted(
    ben: User, cleo: User, task: HumanTask, name: str
) -> None:
    gone = person("gone", groups=("managers",))
    gone.is_active = False
    gone.save()

    with pytest.raises(InvalidSubmission, match=f"Nobody called “{name}” may see this task"):
        engine.comment(task, user=ben, text=f"@{name} and @ben should look.")
    assert written(task) == []
    assert listed(ben) == []


def test_a_comment_wakes_all_but_its_author(ben: User, task: HumanTask) -> None:
    mara, tomorrow = person("mara", groups=("managers",)), timezone.now() + timedelta(days=1)
    for one in (ben, mara):
        engine.snooze(task, user=one, until=tomorrow)

    engine.comment(task, user=ben, text="I have asked the bank.")

    assert queries.snoozed_until(task, ben) == tomorrow
    assert queries.snoozed_until(task, mara) is None


def test_what_machines_do_crowds_no_comment_out(ben: User, task: HumanTask) -> None:
    engine.comment(task, user=ben, text="Long ago")
    instance = queries.find_task(task.pk).instance
    first = instance.last_seq + 1
    Event.objects.bulk_create(
        Event(instance=instance, seq=seq, kind="step.attempt_failed", at=timezone.now())
        for seq in range(first, first + 300)
    )
    type(instance).objects.filter(pk=instance.pk).update(last_seq=first + 299)

    assert written(task) == ["Long ago"]


def test_those_who_can_be_chosen_are_those_who_may_see_it(
    ana: User, ben: User, cleo: User, admin: User, task: HumanTask
) -> None:
    make_permissions(apps.get_app_config("workflows"))
    for role in ("view", "manage", "administer"):
        codename = f"{role}_expense_approval"
        person(role).user_permissions.add(Permission.objects.get(codename=codename))
    engine.claim(task, user=ben)
    engine.release(task.pk, user=ben)
    ben.groups.clear()

    chosen = {user.username for user in queries.audience(queries.find_task(task.pk))}

    everybody = User.objects.filter(is_active=True)
    found = queries.find_task(task.pk)
    may_see = {user.username for user in everybody if queries.task_access(user, found).may_see}
    assert chosen == may_see == {"ana", "ben", "ada", "view", "manage", "administer"}
