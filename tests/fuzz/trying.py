"""What has to hold whatever is posted to a form; and the smallest post that breaks it."""

from __future__ import annotations

import json
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, Final

from tasks_ui.schema_form import SchemaForm
from tests.fuzz.posts import Post
from tests.fuzz.schemas import Target
from tests.tasks_ui.schema_form.browser import Browser
from workflows.schemas import validate

SECONDS: Final = 1.0
"""Of processor time; as other work on the machine makes that longer, the best of three counts."""
HANGING: Final = 20.0
MOST_TRIES: Final = 400
MOST_SECONDS: Final = 30.0
"""Of making a post smaller."""
READERS: Final = 0.02
"""How many of the answers are looked at as a reader of the page would."""

Problem = str
"""What is wrong, in a line; empty when nothing is."""


class Hanging(Exception):
    """It would have gone on for ever, or nearly."""


@contextmanager
def patience() -> Iterator[None]:
    """Break off what takes far too long."""

    def stop(_number: int, _frame: Any) -> None:
        raise Hanging

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGING)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def trouble_with(attempt: Callable[[], Problem]) -> Problem:
    """Say what is wrong with an attempt: what it says itself, what it raises, how slow it is."""
    try:
        with patience():
            problem, seconds = _timed(attempt)
            for _again in range(2 if seconds > SECONDS else 0):
                seconds = min(seconds, _timed(attempt)[1])
    except Hanging as error:
        return f"It hangs {_where(error)}."
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        return f"{error!r:.200} {_where(error)}"
    return problem or (f"It takes {seconds:.1f} s." if seconds > SECONDS else "")


def _timed(attempt: Callable[[], Problem]) -> tuple[Problem, float]:
    began = time.process_time()
    return attempt(), time.process_time() - began


def _where(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"at {last.filename.rpartition('/')[2]}:{last.lineno}"


def trouble_of_post(target: Target, post: Post, *, looked_at: bool) -> Problem:
    """Say what is wrong with the answer to a post; only the answer has to be quick, not a look."""
    pages: list[str] = []
    problem = trouble_with(lambda: _answer(target, post, pages.append))
    return next(iter(Browser(pages[-1]).problems), "") if looked_at and not problem else problem


def _answer(target: Target, post: Post, show: Callable[[str], None]) -> Problem:
    form = SchemaForm(target.schema, target.ui_schema, stored=target.stored, post=post)
    valid, errors, summary = form.is_valid(), form.errors, form.error_summary
    html = form.render()
    html.encode()
    problems = ["There is a null character in the page."] if "\x00" in html else []
    if valid:
        json.dumps(form.data, allow_nan=False, ensure_ascii=False).encode()
        if errors or validate(target.schema, form.data):
            problems.append("What does not fit is said to be valid.")
        if any(post.get("x", [])[-1:]):
            problems.append("A button that only changes the form makes it valid.")
    if len(summary) < len(errors):
        problems.append("Not every error is in the summary.")
    show(html)
    return problems[0] if problems else ""


def smallest(post: Post, breaks: Callable[[Post], bool]) -> Post:
    """Give the smallest post, or nearly, that still breaks what this one breaks."""
    tries, until = 0, time.process_time() + MOST_SECONDS
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(post):
            tries += 1
            if tries > MOST_TRIES or time.process_time() > until:
                return post
            if breaks(smaller):
                post, changed = smaller, True
                break
    return post


def _smaller(post: Post) -> Iterator[Post]:
    names = list(post)
    half = len(names) // 2
    for kept in (names[:half], names[half:]) if half > 1 else ():
        yield {name: post[name] for name in kept}
    for name in names:
        yield {other: texts for other, texts in post.items() if other != name}
    for name, texts in post.items():
        for fewer in (texts[: len(texts) // 2], texts[len(texts) // 2 :], texts[:-1]):
            if fewer and len(fewer) < len(texts):
                yield {**post, name: fewer}
        long = max(texts, key=len, default="")
        for shorter in (long[: len(long) // 2], long[:-1]):
            if len(shorter) < len(long):
                yield {**post, name: [shorter if text is long else text for text in texts]}


def is_looked_at(random: Random) -> bool:
    """Whether this answer is one of those that are looked at."""
    return random.random() < READERS
