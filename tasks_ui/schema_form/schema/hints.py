"""What an author says about the look of a field: `ui:` keywords, in the schema or beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from workflows.schemas.hints.inside import hints_of_alternative
from workflows.schemas.hints.protection import Protection, hints_in, look_of, protection_of

HINTS: Final = frozenset(
    {
        *("title", "description", "help", "placeholder", "autocomplete", "label", "order"),
        *("widget", "inputType", "inputMode", "autofocus", "inline", "rows", "accept"),
        *("enumNames", "enumDisabled", "enumOrder", "emptyValue"),
        *("addable", "removable", "orderable"),
        *("readonly", "disabled", "hidden"),
    }
)
"""Every hint that is heard, by its name without `ui:`; each may stand in `ui:options` too."""


class Hints:
    """The hints for one field: from the UI schema first, then from the schema itself."""

    def __init__(self, ui_schema: Any, keywords: Mapping[str, Any]) -> None:
        self.ui_schema = ui_schema if isinstance(ui_schema, dict) else {}
        self.keywords = keywords

    def get(self, name: str, default: Any = None) -> Any:
        """Give the hint `ui:<name>`, also from among the `ui:options`."""
        if name not in HINTS:
            raise KeyError(name)
        return self._said.get(name, default)

    def text(self, name: str) -> str:
        """Give a hint that is a text; empty when there is none."""
        value = self.get(name)
        return value if isinstance(value, str) else ""

    @property
    def widget(self) -> str:
        """Give the name of the control that the author wants, in lower case."""
        return look_of(self.get("widget"))

    @property
    def protection(self) -> Protection:
        """Give what the UI schema protects; what the schema does itself is known to its outlook."""
        return protection_of(self.ui_schema)

    def chosen(self, choices: Iterable[tuple[str, int]]) -> Hints:
        """Give the hints once these alternatives are chosen: theirs go before those for all."""
        ui_schema = self.ui_schema
        for keyword, number in choices:
            ui_schema = hints_of_alternative(ui_schema, keyword, number)
        return self if ui_schema is self.ui_schema else Hints(ui_schema, self.keywords)

    def order(self, names: list[str]) -> list[str]:
        """Give the names in the author's order; `*` stands for those that are not named."""
        wanted = self.get("order")
        if not isinstance(wanted, list):
            return names
        rest = [name for name in names if name not in wanted]
        if "*" not in wanted:
            wanted = [*wanted, "*"]
        ordered: list[str] = []
        for name in wanted:
            ordered += rest if name == "*" else [name] if name in names else []
        return list(dict.fromkeys(ordered))

    def inside(self, name: str) -> Any:
        """Give the UI schema of a property."""
        return self.ui_schema.get(name)

    @cached_property
    def _said(self) -> dict[str, Any]:
        """Give every hint by its name; the UI schema goes before the schema itself."""
        said: dict[str, Any] = {}
        for source in (self.keywords, self.ui_schema):
            said |= hints_in(source)
        return said
