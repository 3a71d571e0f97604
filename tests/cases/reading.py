"""Cases: schemas that people have written, with the data and the layouts that go with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tasks_ui.gallery import Example, examples

OWN: Final = Path(__file__).resolve().parent / "own"
"""The project's own, which every clone has."""


@dataclass(frozen=True)
class Case:
    """One schema; its name is that of its file, with the folder, without the ending."""

    name: str
    schema: Any
    ui_schema: dict[str, Any]
    content: dict[str, Any]
    """The whole file."""

    @property
    def has_data(self) -> bool:
        """Whether somebody has filled the form in."""
        return "formData" in self.content

    @property
    def data(self) -> Any:
        """What the form was filled in with."""
        return self.content["formData"]

    @property
    def valid(self) -> list[Any]:
        """Data that the schema accepts, as its author says."""
        return list(self.content.get("valid", ()))

    @property
    def invalid(self) -> list[Any]:
        """Data that the schema refuses, as its author says."""
        return list(self.content.get("invalid", ()))


def read_cases(folder: Path) -> list[Case]:
    """Give every case of a folder, in the order of their names; none where there is no folder."""
    return list(_cases(folder))


def own_cases() -> list[Case]:
    """Give the project's own cases: those of the tests, and the examples of the gallery."""
    return [*_cases(OWN, prefix="own/"), *(_example(one) for one in examples().values())]


def _example(example: Example) -> Case:
    stored = {} if example.data is None else {"formData": example.data}
    content = {"schema": example.schema, **stored}
    return Case(f"gallery/{example.name}", example.schema, example.ui_schema or {}, content)


def _cases(folder: Path, prefix: str = "") -> Iterator[Case]:
    for path in sorted(folder.rglob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "schema" in content:
            name = prefix + path.relative_to(folder).with_suffix("").as_posix()
            yield Case(name, content["schema"], content.get("uiSchema") or {}, content)
