"""Spreads what a check looks at over the machine's cores; what it finds stays in its order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

import django

Item = TypeVar("Item")
Found = TypeVar("Found")

CORES: Final = os.cpu_count() or 1

_pool: Executor | None = None


@contextmanager
def over_all_cores() -> Iterator[None]:
    """Let `spread` use one process for each core."""
    global _pool
    # Started anew instead of forked: nothing of this process, such as its threads, is copied.
    anew = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(CORES, mp_context=anew, initializer=django.setup) as _pool:
        yield
    _pool = None


def spread(work: Callable[[Item], Found], items: Iterable[Item]) -> Iterable[Found]:
    """Do the work on every item, and give what came of it in the order of the items.

    Args:
        work: a function of a module, or a partial one; where there are several processes, it is
            pickled with each item.
        items: what to work on.
    """
    return _pool.map(work, items) if _pool else map(work, items)


def shares(items: Sequence[Item], count: int = CORES) -> list[list[Item]]:
    """Deal items out for work that is dear to begin, such as with a browser."""
    return [list(items[first::count]) for first in range(min(count, len(items)))]
