"""What is shown is what is sent: a robot fills in every form, and compares looks with data.

Looks that are the same send the same, looks that mean something else send something else (what
"the same" is says `meaning`); what is recorded is shown again as it was sent; and what was stored
comes back from a form that nobody touches.

Two differences are let pass. Of rows that were stored, those that were stored without a box keep
being without it while it stays unticked, and others have `false`: nobody can see that. And what an
alternative without a type lets be written as JSON may be described by another one, field by field.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterator, Sequence
from functools import partial
from random import Random
from typing import Any, Final, NamedTuple

from tasks_ui.schema_form import SchemaForm
from tasks_ui.schema_form.controls import JsonText
from tasks_ui.schema_form.controls.base import as_text as constant_text
from tasks_ui.schema_form.nodes.node import Fixed, Leaf
from tasks_ui.schema_form.posted.absent import ABSENT
from tests.cases.check_round_trip import as_text
from tests.cases.drawn_schemas import drawn_cases
from tests.cases.findings import Finding, Result
from tests.cases.instances import instances
from tests.cases.meaning import Meaning, meaning
from tests.cases.reading import Case
from tests.cases.spreading import spread
from tests.tasks_ui.schema_form.elements import Page
from tests.tasks_ui.schema_form.robot import Control, Look, Robot, controls_in, untouched
from workflows.schemas import check_schema

NAME: Final = "looks told apart"
DRAWN: Final = int(os.environ.get("DRAWN", "300"))
"""How many schemas are drawn: `make test-cases DRAWN=2000` walks more of them, in ten minutes."""
WALKS: Final = 3
STEPS: Final = 5
DATA: Final = 4
MENDING: Final = 4
FOLLOWED: Final = 0.75
"""How often the page follows an answer before the form is sent; without scripts it does not."""
MOST_CONTROLS: Final = 150
"""Where there are more, one step takes too long for many of them."""
WORDS: Final = {
    "date": "2026-02-28",
    "time": "12:30",
    "datetime-local": "2026-02-28T12:30",
    "color": "#ff8800",
    "email": "a@b.org",
    "url": "https://example.org/",
    "number": "7",
}
ROW: Final = re.compile(r"/(~\+)?n?[0-9]+(?=/|$)")

Words = dict[str, list[str]]
"""What may be typed into a field, by its name without the keys of rows."""


class Sent(NamedTuple):
    """One look that was sent, what it meant, and what was recorded."""

    look: Look
    meaning: Meaning
    data: Any


def run(cases: Sequence[Case], drawn: int = DRAWN, seed: int = 1) -> Result:
    """Walk through the forms of the cases, and of as many drawn schemas."""
    every = [*cases, *drawn_cases(drawn, seed)]
    usable = [case for case in every if not check_schema(case.schema)]
    found = [finding for finding in spread(partial(_first, seed), usable) if finding]
    return Result(len(usable), found)


def _first(seed: int, case: Case) -> Finding | None:
    try:
        told = next(problems(case, Random(f"{seed} looks of {case.name}")), "")  # noqa: S311
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{error!r} at {where.filename.rpartition('/')[2]}:{where.lineno}"
    return Finding(case.name, told) if told else None


def problems(case: Case, random: Random) -> Iterator[str]:
    """Yield what a robot finds wrong with one form."""
    drawn = [*instances(case.schema, random, DATA)]
    words = _words(case, drawn)
    for stored in (None, *drawn[:1]):
        sent: list[Sent] = []
        for _walk in range(WALKS):
            robot = Robot(case.schema, case.ui_schema, stored)
            if len(robot.controls) > MOST_CONTROLS:
                return
            for told in _walked(robot, random, words):
                if isinstance(told, str):
                    yield told
                else:
                    sent.append(told)
        yield from _confused(sent, is_stored=stored is not None)


def _walked(robot: Robot, random: Random, words: Words) -> Iterator[Sent | str]:
    """Yield what was sent after each step of a walk, and what was wrong with it."""
    for step in range(STEPS):
        if step:
            _step(robot, random, words)
        form = _mended(robot, random, words)
        if not form.is_valid():
            continue
        said = meaning(robot.root, form)
        yield Sent(robot.look, said, form.data)
        yield from _otherwise(robot, form, said)


def _otherwise(robot: Robot, form: SchemaForm, said: Meaning) -> Iterator[str]:
    """Yield what the recorded data say that the form did not, or the other way round."""
    schema, ui_schema = robot.given["schema"], robot.given["ui_schema"]
    again = SchemaForm(schema, ui_schema, stored=form.data)
    shown = {**_constants(again, said), **meaning(Page(again.render()).root, again)}
    for place in sorted(shown.keys() | said.keys()):
        if shown.get(place) != said.get(place) and not _is_written_as_json(form, place):
            change = f"{said.get(place)!r} was sent and {shown.get(place)!r} is shown"
            yield f"{place}: {change}; look {robot.look}, recorded {as_text(form.data)}"
    if form.data is None:
        return  # A whole that is null is nothing that was stored.
    back = untouched(schema, ui_schema, form.data)
    if not back.is_valid() or as_text(back.data) != as_text(form.data):
        yield f"recorded {as_text(form.data)} came back as {as_text(back.data)} {back.errors}"


def _is_written_as_json(form: SchemaForm, place: str) -> bool:
    """Whether it is, or is in, what was written as JSON: afterwards its fields may be shown."""
    written = (
        node.pointer
        for node in form._root.walk()
        if isinstance(node, Leaf) and isinstance(node.control, JsonText)
    )
    return any(place == one or place.startswith(f"{one}/") for one in written)


def _constants(form: SchemaForm, said: Meaning) -> Meaning:
    """Give what is said by constants now, where somebody has written it: it fits both."""
    return {
        node.pointer: constant_text(node.value)
        for node in form._root.walk()
        if isinstance(node, Fixed) and node.is_seen and node.pointer in said
        if node.value is not ABSENT
    }


def _confused(sent: Sequence[Sent], *, is_stored: bool) -> Iterator[str]:
    """Yield looks that are the same and send something else, and the other way round."""
    by_look: dict[Look, Sent] = {}
    by_data: dict[str, Sent] = {}
    for one in sent:
        other = by_look.setdefault(one.look, one)
        pair = [_without_false(each.data) if is_stored else each.data for each in (one, other)]
        if as_text(pair[0]) != as_text(pair[1]):
            yield f"one look sends {as_text(other.data)} and {as_text(one.data)}: {one.look}"
        other = by_data.setdefault(as_text(one.data), one)
        if other.meaning != one.meaning and "" not in one.meaning.keys() ^ other.meaning.keys():
            yield f"{as_text(one.data)} is sent by {other.meaning} and by {one.meaning}"


def _without_false(data: Any) -> Any:
    if isinstance(data, list):
        return [_without_false(item) for item in data]
    if isinstance(data, dict):
        return {name: _without_false(part) for name, part in data.items() if part is not False}
    return data


def _mended(robot: Robot, random: Random, words: Words) -> SchemaForm:
    """Send; where something is wrong, fill it in and send again, a few times."""
    form = robot.send()
    for _try in range(MENDING):
        if form.is_valid():
            break
        if form.revealed or form.gone:
            robot.show(form)
        names = {node.name for node in form._root.walk() if node.pointer in form.errors}
        for control in robot.controls:
            if control.name in names:
                _change(control, random, words)
        robot.follow()
        form = robot.send()
    return form


def _step(robot: Robot, random: Random, words: Words) -> None:
    controls, buttons = robot.controls, robot.buttons
    if buttons and (not controls or random.random() < 0.3):
        robot.press(*random.choice(buttons))
    elif controls:
        _change(random.choice(controls), random, words)
        if random.random() < FOLLOWED:
            robot.follow()


def _change(control: Control, random: Random, words: Words) -> None:
    if control.is_box:
        control.tick(control.kind == "radio" or not control.is_on)
    elif control.kind == "select":
        control.fill(random.choice(control.options or [""]))
    else:
        known = words.get(ROW.sub("/#", control.name), [])
        control.fill(random.choice([*known, *known, WORDS.get(control.kind, "because"), "7", ""]))


def _words(case: Case, drawn: Sequence[Any]) -> Words:
    """Give what fits, for a robot could hardly guess it."""
    found: Words = {}
    for data in [*drawn, *([case.data] if case.has_data else [])]:
        root = Page(SchemaForm(case.schema, case.ui_schema, stored=data).render()).root
        for control in controls_in(root):
            if control.shown and not control.is_box:
                found.setdefault(ROW.sub("/#", control.name), []).append(control.shown)
    return found
