"""Lines to the database that break: before something is carried out, or before its answer comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

SAID = "server closed the connection unexpectedly"


@contextmanager
def breaks_at_commit(*, after: bool) -> Iterator[None]:
    """Let this thread's line break at its next commit, before or after that has happened."""
    database: Any = connection  # Its private method has no type.
    commit = database._commit
    is_broken = False

    def commit_and_break() -> None:
        nonlocal is_broken
        if is_broken or after:
            commit()
        if not is_broken:
            is_broken = True
            raise OperationalError(SAID)

    database._commit = commit_and_break
    try:
        yield
    finally:
        del database._commit
    assert is_broken


@contextmanager
def breaks_at(word: str, *, after: bool) -> Iterator[None]:
    """Let it break at the next statement with this word, before or after that is carried out."""
    is_broken = False

    def execute(go_on: Callable[..., Any], statement: str, *rest: Any) -> Any:
        nonlocal is_broken
        if is_broken or word not in statement:
            return go_on(statement, *rest)
        is_broken = True
        if after:
            go_on(statement, *rest)
        raise OperationalError(SAID)

    with connection.execute_wrapper(execute):
        yield
    assert is_broken
