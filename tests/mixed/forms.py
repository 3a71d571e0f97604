"""Draws workflows in two releases: the same graph and version, and forms that differ."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any, Final

from tests.workflows.asking import Ask
from tests.workflows.definitions import sequence
from workflows import Outcome, Outcomes, WorkflowDefinition

COUNT: Final = 24
OLD, NEW = RELEASES = ("old", "new")
TITLES: Final = (
    *("Reason", "Remark", "Urgency", "Place", "Amount", "Day", "Budget", "Contact"),
    *("Colour", "Priority", "Consent", "Topics", "Room", "Number"),
)
WORDS: Final = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel")
BUTTONS: Final = ("Approve", "Reject", "Escalate", "Send back", "Postpone")

Schema = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """What one release asks: fields, and the values and labels of its buttons."""

    schema: Schema
    buttons: tuple[tuple[str, str], ...] = ()

    def told(self, data: dict[str, Any]) -> dict[str, str]:
        """Give data as whoever reads this form understands them: titles, and words for values."""
        properties = self.schema["properties"]
        pairs = (
            (properties[name]["title"], in_words(properties[name], value))
            for name, value in data.items()
            if name in properties and name != "decision"
        )
        return {title: text for title, text in pairs if text}


@dataclass(frozen=True)
class Pair:
    """One workflow in both releases."""

    name: str
    tasks: dict[str, Form]
    starts: dict[str, Form]

    def definition(self, release: str) -> WorkflowDefinition:
        """Give its code in a release."""
        form = self.tasks[release]
        choices = tuple(Outcome(value, label) for value, label in form.buttons)
        step = Ask("ben", form_schema=form.schema, outcomes=Outcomes("decision", choices))
        return sequence(step, name=self.name, start_schema=self.starts[release].schema)


@lru_cache
def pairs(seed: str) -> tuple[Pair, ...]:
    """Draw them."""
    return tuple(_pair(Random(f"{seed}/{at}"), f"mixed_{at}") for at in range(COUNT))  # noqa: S311


def in_words(schema: Schema, value: Any) -> str:
    """Say what a value is called in a form; nothing for what is empty or not ticked."""
    if isinstance(value, list):
        return ", ".join(sorted(in_words(schema["items"], one) for one in value))
    if "enum" in schema and value in schema["enum"]:
        return str(schema["enumNames"][schema["enum"].index(value)])
    if "oneOf" in schema:
        return next(str(one["title"]) for one in schema["oneOf"] if one["const"] == value)
    if isinstance(value, bool):
        return "ticked" if value else ""
    return str(value)


def some_data(schema: Schema) -> dict[str, Any]:
    """Give data that fit."""
    return {name: _some(field) for name, field in schema["properties"].items()}


def _some(schema: Schema) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if "oneOf" in schema:
        return schema["oneOf"][0]["const"]
    by_type = {"integer": 1, "boolean": True, "array": [], "string": "2027-01-01"}
    return by_type[schema["type"]]


def _pair(random: Random, name: str) -> Pair:
    tasks, starts = _fields(random), _fields(random)
    buttons = [(f"v{at}", label) for at, label in enumerate(random.sample(BUTTONS, 3))]
    old = Form(_with_buttons(tasks, buttons), tuple(buttons))
    later = _changed_buttons(random, buttons)
    new = Form(_with_buttons(_changed(random, tasks), later), tuple(later))
    start = {OLD: Form(starts), NEW: Form(_changed(random, starts))}
    return Pair(name, {OLD: old, NEW: new}, start)


def _with_buttons(schema: Schema, buttons: list[tuple[str, str]]) -> Schema:
    decision = {"type": "string", "enum": [value for value, _label in buttons]}
    properties = {"decision": decision, **schema["properties"]}
    return {**schema, "properties": properties, "required": ["decision", *schema["required"]]}


def _fields(random: Random) -> Schema:
    titles = random.sample(TITLES, random.randint(3, 6))
    properties = {f"f{at}": {"title": title} | _kind(random) for at, title in enumerate(titles)}
    required = [name for name in properties if random.random() < 0.2]
    return {"type": "object", "properties": properties, "required": required}


def _kind(random: Random) -> Schema:
    names = random.sample(WORDS, random.randint(2, 6))
    values = [name.lower() for name in random.sample(WORDS, len(names))]
    listed = {"enum": values, "enumNames": names}
    kinds: tuple[Schema, ...] = (
        {"type": "string"},
        {"type": "string"},
        {"type": "integer", "minimum": 0},
        {"type": "string", "format": "date"},
        {"type": "boolean"},
        {"type": "string", **listed},
        {"enum": [*range(len(names))], "enumNames": names},
        {"oneOf": [{"const": at, "title": name} for at, name in enumerate(names)]},
        {"type": "array", "uniqueItems": True, "items": {"type": "string", **listed}},
    )
    return copy.deepcopy(random.choice(kinds))


def _changed_buttons(random: Random, buttons: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Let the values change places, their labels, or come and go; or nothing of it."""
    values, labels = [value for value, _ in buttons], [label for _, label in buttons]
    match random.randrange(6):
        case 0:
            return random.sample(buttons, len(buttons))
        case 1:
            return [*zip(values, random.sample(labels, len(labels)), strict=True)]
        case 2:
            return buttons[1:]
        case 3:
            return [("v9", "Forward"), *buttons]
        case 4:
            return [*reversed(buttons)]
        case _:
            return buttons


def _changed(random: Random, schema: Schema) -> Schema:
    """Give the schema as a later release has it; one in six stays as it is."""
    new = copy.deepcopy(schema)
    for _ in range(random.choice((0, 1, 1, 2, 2, 3))):
        random.choice(CHANGES)(random, new)
    return new


def _reorder(random: Random, schema: Schema) -> None:
    for listed in _listed(schema):
        order = random.sample(range(len(listed["enum"])), len(listed["enum"]))
        listed["enum"], listed["enumNames"] = (
            [listed[word][at] for at in order] for word in ("enum", "enumNames")
        )


def _rename_options(random: Random, schema: Schema) -> None:
    for listed in _listed(schema):
        random.shuffle(listed["enumNames"])
    for field in schema["properties"].values():
        if "oneOf" in field:
            titles = [one["title"] for one in field["oneOf"]]
            random.shuffle(titles)
            for one, title in zip(field["oneOf"], titles, strict=True):
                one["title"] = title


def _swap_titles(random: Random, schema: Schema) -> None:
    fields = [*schema["properties"].values()]
    titles = [field["title"] for field in fields]
    random.shuffle(titles)
    for field, title in zip(fields, titles, strict=True):
        field["title"] = title


def _drop(random: Random, schema: Schema) -> None:
    name = random.choice([*schema["properties"]])
    if len(schema["properties"]) > 1:
        del schema["properties"][name]
        schema["required"] = [one for one in schema["required"] if one != name]


def _add(random: Random, schema: Schema) -> None:
    names = {field["title"] for field in schema["properties"].values()}
    title = random.choice([one for one in TITLES if one not in names])
    name = f"f{random.randint(6, 99)}"
    schema["properties"][name] = {"title": title} | _kind(random)
    if random.random() < 0.5:
        schema["required"].append(name)


def _require(random: Random, schema: Schema) -> None:
    schema["required"] = [*schema["properties"]]


def _change_kind(random: Random, schema: Schema) -> None:
    name = random.choice([*schema["properties"]])
    title = schema["properties"][name]["title"]
    schema["properties"][name] = {"title": title} | _kind(random)


CHANGES: Final[tuple[Callable[[Random, Schema], None], ...]] = (
    *(_reorder, _rename_options, _swap_titles, _drop, _add, _require, _change_kind),
)


def _listed(schema: Schema) -> Iterator[Schema]:
    for field in schema["properties"].values():
        for part in (field, field.get("items", {})):
            if "enumNames" in part:
                yield part
