"""Measures the forms beside plain Django forms of the same fields, in turns and in CPU time."""

from __future__ import annotations

import cProfile
import pstats
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, Final
from unittest import mock

import jsonschema
from django.template.base import Template

from benchmarks.form_pairs import Pair, many_fields, many_options
from benchmarks.harness.asked import Asked
from benchmarks.harness.figures import Figure, duration
from benchmarks.harness.sites import Site
from tasks_ui.schema_form import SchemaForm
from workflows.schemas import validate
from workflows.schemas.checking import checked
from workflows.schemas.patterns import compile_pattern
from workflows.schemas.programs import program_of

ROUNDS: Final = 30
SECONDS: Final = 0.05
"""How long one turn lasts at least: what is quick is done many times."""
COMPILED: Final = (checked, program_of, compile_pattern)

Task = Callable[[], Any]


def measure(asked: Asked, site: Site) -> list[Figure]:
    """Take all of them; the first renders, which compile what is kept, are not counted."""
    rounds = asked.rounds or (5 if asked.quick else ROUNDS)
    small = many_fields(15)
    if asked.profile:
        _profile(small)
    return [
        *_rendering(small, rounds, "< 1.5 ×"),
        *_reading(small, rounds, "< 1 ms"),
        *_rendering(many_fields(200), rounds),
        *_reading(many_fields(200), rounds),
        *_rendering(many_options(10_000), rounds),
        *_reading(many_options(10_000), rounds),
        Figure("compiled by a second render", str(_compiled_again(small)), "0"),
    ]


def _rendering(pair: Pair, rounds: int, goal: str = "") -> list[Figure]:
    ours, theirs = _in_turns(
        rounds,
        lambda: SchemaForm(pair.schema).render(),
        lambda: pair.django_form().as_div(),
    )
    value = f"{duration(ours)}, {ours / theirs:.2f} × {duration(theirs)}"
    return [Figure(f"render {pair.name}, × plain form", value, goal)]


def _reading(pair: Pair, rounds: int, goal: str = "") -> list[Figure]:
    assert SchemaForm(pair.schema, post=pair.post).data == pair.data
    assert SchemaForm(pair.schema, post=pair.post).is_valid()
    assert pair.django_form(pair.django_post).is_valid()
    ours, theirs, plain, hardened = _in_turns(
        rounds,
        lambda: SchemaForm(pair.schema, post=pair.post).is_valid(),
        lambda: pair.django_form(pair.django_post).is_valid(),
        lambda: jsonschema.validate(pair.data, pair.schema),
        lambda: validate(pair.schema, pair.data),
    )
    return [
        Figure(f"parse and validate {pair.name}", duration(ours), goal),
        Figure(f"– validation alone, {pair.name}", duration(hardened)),
        Figure(f"– by a plain form, {pair.name}", duration(theirs)),
        Figure(f"– jsonschema.validate, {pair.name}", duration(plain)),
    ]


def _in_turns(rounds: int, *tasks: Task) -> list[float]:
    """Give the CPU seconds of each task: the median of its turns, between those of the others."""
    times = [_times(task) for task in tasks]
    taken: list[list[float]] = [[] for _task in tasks]
    for _round in range(rounds):
        for task, count, turns in zip(tasks, times, taken, strict=True):
            began = time.process_time()
            for _time in range(count):
                task()
            turns.append((time.process_time() - began) / count)
    return [median(turns) for turns in taken]


def _times(task: Task) -> int:
    """Give how often a task fits into one turn, after it has compiled what it keeps."""
    task()
    began = time.process_time()
    task()
    return max(1, int(SECONDS / max(time.process_time() - began, 1e-6)))


def _compiled_again(pair: Pair) -> int:
    """Count schemas, rules, patterns and templates that are compiled for a form that is known."""
    SchemaForm(pair.schema).render()
    with _counting() as count:
        SchemaForm(pair.schema).render()
    return count()


@contextmanager
def _counting() -> Iterator[Callable[[], int]]:
    before = sum(kept.cache_info().misses for kept in COMPILED)
    compiling = mock.patch.object(
        Template, "compile_nodelist", autospec=True, side_effect=Template.compile_nodelist
    )
    with compiling as templates:
        yield (
            lambda: (
                templates.call_count + sum(kept.cache_info().misses for kept in COMPILED) - before
            )
        )


def _profile(pair: Pair) -> None:
    """Print where the time of rendering and of reading goes."""
    for task in (
        lambda: SchemaForm(pair.schema).render(),
        lambda: SchemaForm(pair.schema, post=pair.post).is_valid(),
    ):
        task()
        profile = cProfile.Profile()
        profile.enable()
        for _time in range(200):
            task()
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
