"""Comment on a task, for everybody who sees it, and bring it to the notice of some of them."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from workflows.engine.access.permissions import task_access
from workflows.engine.access.rows import mention, note, wake_others
from workflows.engine.queries.find_task import find_task
from workflows.engine.queries.history import COMMENT, LONGEST_COMMENT
from workflows.engine.store.clock import now
from workflows.engine.transitions.commit import write
from workflows.engine.transitions.transition import lock_one
from workflows.exceptions import InvalidSubmission, NotAllowed
from workflows.models.events import Event
from workflows.models.tasks import HumanTask

MOST_MENTIONED: Final = 20

_MENTION: Final = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")
_ENDS_A_SENTENCE: Final = ".+-@"


def comment(
    task: Any, *, user: Any, text: str, submission_id: str | None = None, via: str = "web"
) -> HumanTask:
    """Write into the thread of a task's request; `@username` mentions somebody.

    Whoever may see the task may write, and be mentioned: they find it in their list until they
    have noted it. A comment is an event, and stays as it is. The same `submission_id` again writes
    nothing. Raises NotAllowed, and InvalidSubmission for what cannot be posted as it is.
    """
    found = find_task(getattr(task, "pk", task))
    if user is not None and not task_access(user, found).may_see:
        raise NotAllowed(_("You may not see this task."))
    words = _words(text)
    mentioned = _mentioned(found, words)
    with transaction.atomic():
        transition = lock_one(found.instance_id, now())
        if submission_id and _is_written(found.instance_id, user, submission_id):
            return found
        transition.record(
            COMMENT,
            path=found.step,
            execution_id=found.execution_id,
            actor=user,
            via=via,
            comment=words,
            mentioned=[person.pk for person in mentioned],
            submission=submission_id or "",
        )
        _announce(found, user, mentioned)
        write([transition])
    return found


def note_mention(task: Any, *, user: Any) -> HumanTask:
    """Take a task off one's list where one was only mentioned in it."""
    found = find_task(getattr(task, "pk", task))
    note(found, user.pk)
    return found


def _announce(task: HumanTask, user: Any, mentioned: list[Any]) -> None:
    """Bring the task back to who has put it off, and to the notice of who was mentioned."""
    author_id = getattr(user, "pk", None)
    wake_others(task, author_id)
    note(task, author_id)
    mention(task, [person.pk for person in mentioned if person.pk != author_id])


def _words(text: str) -> str:
    words = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not words:
        raise InvalidSubmission({"/comment": [_("Write something first.")]})
    if len(words) > LONGEST_COMMENT:
        said = {"most": LONGEST_COMMENT, "count": len(words)}
        message = _("Write at most %(most)d characters; these are %(count)d.") % said
        raise InvalidSubmission({"/comment": [message]})
    return words


def _is_written(instance_id: UUID, user: Any, submission_id: str) -> bool:
    """Whether this comment has come before; asked under the instance's lock."""
    written = Event.objects.filter(instance_id=instance_id, kind=COMMENT, actor=user)
    return submission_id in [data["submission"] for data in written.values_list("data", flat=True)]


def _mentioned(task: HumanTask, words: str) -> list[Any]:
    """Give the people whom a text mentions; raises InvalidSubmission for who may not see the task.

    Whether there is nobody of that name or somebody who sees nothing is not told apart.
    """
    names = list(dict.fromkeys(_MENTION.findall(words)))
    if len(names) > MOST_MENTIONED:
        message = _("Mention at most %(most)d people at once.") % {"most": MOST_MENTIONED}
        raise InvalidSubmission({"/comment": [message]})
    people = _people(names)
    found = {name: _one_of(people, name) for name in names}
    unseeing = [
        name
        for name, person in found.items()
        if person is None or not task_access(person, task).may_see
    ]
    if unseeing:
        message = _(
            "Nobody called %(names)s may see this task. Nothing was posted; "
            "write it without the @ if you mean no person."
        )
        said = {"names": ", ".join(f"“{name}”" for name in unseeing)}
        raise InvalidSubmission({"/comment": [message % said]})
    return list({person.pk: person for person in found.values()}.values())


def _people(names: list[str]) -> dict[str, Any]:
    """Give the people of these names, which may end a sentence, by name and by name in lower case.

    Who is called exactly so comes before who is called so but for capitals.
    """
    if not names:
        return {}
    model = get_user_model()
    spelt = {spelling.lower() for name in names for spelling in _spellings(name)}
    rows = list(model.objects.annotate(folded=Lower(model.USERNAME_FIELD)).filter(folded__in=spelt))
    by_folded = {person.get_username().lower(): person for person in rows}
    return by_folded | {person.get_username(): person for person in rows}


def _one_of(people: dict[str, Any], name: str) -> Any:
    either = (wanted for one in _spellings(name) for wanted in (one, one.lower()))
    return next((people[wanted] for wanted in either if wanted in people), None)


def _spellings(name: str) -> tuple[str, str]:
    return name, name.rstrip(_ENDS_A_SENTENCE)
