"""The example schemas, which are data files beside this module."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from tasks_ui.gallery.keywords import keywords_in

FOLDER: Final = Path(__file__).parent / "examples"


@dataclass(frozen=True)
class Example:
    """One schema to look at; `shows` says what can be learnt from it, `data` was stored before."""

    name: str
    title: str
    shows: str
    schema: dict[str, Any]
    ui_schema: dict[str, Any] | None = None
    data: Any = None

    @cached_property
    def keywords(self) -> frozenset[str]:
        """Give the keywords that it uses."""
        return keywords_in(self.schema, self.ui_schema)


@cache
def examples() -> dict[str, Example]:
    """Give every example by its name, in the order of their titles."""
    found = [
        Example(name=path.stem, **json.loads(path.read_text(encoding="utf-8")))
        for path in FOLDER.glob("*.json")
    ]
    return {example.name: example for example in sorted(found, key=lambda example: example.title)}
