"""Runs many posts against the forms, in several processes, and tells what broke."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Final

import django

from tests.fuzz.posts import Post, hostile_post
from tests.fuzz.schemas import Target, targets
from tests.fuzz.trying import is_looked_at, smallest, trouble_of_post

CHUNK: Final = 250
MOST: Final = 20
"""After so many failures a run has proved enough."""
OWN: Final = 0.4
"""How many of the posts go to the project's own bad schemas; the others go anywhere."""

Failure = str


def failures_of(
    seed: int, numbers: range, cases: Path | None = None, *, quick: bool = False
) -> Iterator[Failure]:
    """Yield a report for each post that breaks something; `quick` leaves out the large schemas."""
    own = targets()
    everything = own if quick else targets(cases)
    for number in numbers:
        random = Random(f"{seed} {number}")  # noqa: S311 - the same posts for the same seed
        target = random.choice(own if random.random() < OWN else everything)
        post = hostile_post(target, random)
        looked_at = is_looked_at(random)
        problem = trouble_of_post(target, post, looked_at=looked_at)
        if problem:
            post = _shrunk(target, post, problem, looked_at=looked_at)
            yield f"seed {seed}, post {number}, {target.name}: {problem}\n  {told(post)}"


def run(seed: int, count: int, cases: Path | None, say: Callable[[str], None]) -> int:
    """Send the posts, say what broke, and give how many did."""
    chunks = [
        (seed, range(first, min(first + CHUNK, count)), cases) for first in range(0, count, CHUNK)
    ]
    failed = 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context, initializer=django.setup) as pool:
        for done, found in enumerate(pool.map(_chunk, chunks), start=1):
            for failure in found:
                say(failure)
            failed += len(found)
            if done % 40 == 0:
                say(f"{done * CHUNK:,} posts, {failed} failed")
            if failed >= MOST:
                say("That is enough.")
                pool.shutdown(cancel_futures=True)
                break
    return failed


def _chunk(given: tuple[int, range, Path | None]) -> list[Failure]:
    return list(failures_of(*given))


def _shrunk(target: Target, post: Post, problem: str, *, looked_at: bool) -> Post:
    kind = problem.split("(")[0][:12]
    return smallest(
        post,
        lambda smaller: trouble_of_post(target, smaller, looked_at=looked_at).startswith(kind),
    )


def told(post: Post) -> str:
    """Give a post in a line; long texts are cut."""
    return ", ".join(
        f"{name[:200]!a}: [{', '.join(f'{text[:80]!a}' for text in texts[:6])}]"
        f"{f' ({len(texts)} texts)' if len(texts) > 6 else ''}"
        for name, texts in post.items()
    )
