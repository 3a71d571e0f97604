"""The enter part of a human step: what is asked, of whom, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation

from workflows.engine.definitions.snapshot import describe_definition
from workflows.engine.queries.visible_data import conceal_by
from workflows.engine.work.call import CallSync, call, overrides
from workflows.engine.work.places import summary_with, title_with
from workflows.engine.work.results import AskPerson, Person
from workflows.engine.work.texts import fill_in
from workflows.engine.work.work import Work
from workflows.exceptions import BadAnswer
from workflows.steps import BaseHumanStep
from workflows.values.moments import aware
from workflows.values.plain_json import to_json


async def ask(step: BaseHumanStep, work: Work, call_sync: CallSync) -> AskPerson:
    """Everything that the step's methods say about the task."""
    context = work.context

    async def answer(method: str) -> Any:
        return await call(call_sync, getattr(step, method), context)

    title = _text(await answer("get_title"), "get_title")
    own = _text(await answer("get_summary"), "get_summary")
    summary = own or _text(fill_in(work.definition.summary, context.data), "summary")
    if work.places:
        title, summary = _with_item(step, work, title, summary, is_own=bool(own))
    group = _one(await answer("get_assignee_group"), "get_assignee_group")
    groups = _people(await answer("get_candidate_groups"), "get_candidate_groups")
    return AskPerson(
        title=title[:200],
        description=_text(await answer("get_description"), "get_description"),
        summary=summary[:500],
        row_data=_row(step, work),
        assignee=_one(await answer("get_assignee"), "get_assignee"),
        candidate_users=_people(await answer("get_candidate_users"), "get_candidate_users"),
        candidate_groups=groups if group is None else (*groups, group),
        excluded_users=_people(await answer("get_excluded_users"), "get_excluded_users"),
        due=_moment(await answer("get_due_date"), "get_due_date"),
        remind=_moment(await answer("get_reminder_date"), "get_reminder_date"),
    )


def _row(step: BaseHumanStep, work: Work) -> Any:
    """Give what rows of lists show: they are read without the code that knows what is secret."""
    shown = to_json({key: work.context.get(key) for key in step.row_fields}, "row_fields")
    return conceal_by(describe_definition(work.definition).content, shown)


def _with_item(
    step: BaseHumanStep, work: Work, title: str, summary: str, *, is_own: bool
) -> tuple[str, str]:
    """Let a title and a summary say which item is meant; an author's own title stays as it is."""
    with translation.override(settings.LANGUAGE_CODE):
        if not overrides(step, "get_title", BaseHumanStep):
            title = title_with(title, work.places)
        about = summary or work.instance.summary or work.instance.reference
        return title, summary_with(about, work.places, is_own=is_own)


def _text(answer: Any, method: str) -> str:
    if answer is None:
        return ""
    return str(to_json(str(answer), method))


def _one(answer: Any, method: str) -> Person | None:
    """Give a user or group as its id, a name as it is."""
    if answer is None or answer == "":
        return None
    key = getattr(answer, "pk", answer)
    if isinstance(key, bool) or not isinstance(key, (int, str)):
        raise BadAnswer(f"{method} returned {answer!r}; return a name, or the object itself.")
    return key


def _people(answer: Any, method: str) -> tuple[Person, ...]:
    if answer is None:
        return ()
    if isinstance(answer, str) or not isinstance(answer, Iterable):
        raise BadAnswer(f"{method} returned {answer!r}; return a list.")
    found = (_one(person, method) for person in answer)
    return tuple(dict.fromkeys(person for person in found if person is not None))


def _moment(answer: Any, method: str) -> datetime | date | timedelta | None:
    if answer is None or isinstance(answer, timedelta):
        return answer
    if isinstance(answer, datetime):
        known = aware(answer)
        if known is None:
            raise BadAnswer(f"{method} returned {answer!r}, which has no time zone.")
        return known
    if isinstance(answer, date):
        return answer
    raise BadAnswer(f"{method} returned {answer!r}; return a datetime, a date or a timedelta.")
