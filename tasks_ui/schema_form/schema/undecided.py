"""Which rules of a schema hold before some of its properties are known, such as the decision."""

from __future__ import annotations

import json
from typing import Any, Final

UNCONDITIONAL: Final = frozenset(
    {
        "$anchor",
        "$defs",
        "$id",
        "additionalProperties",
        "patternProperties",
        "properties",
        "type",
    }
)
"""What still holds for an object of which a property is missing."""

CHOICES: Final = frozenset({"anyOf", "not", "oneOf"})
FAR_REACHING: Final = ("$ref", "$dynamicRef", "Properties")
"""Words by which a rule may speak of properties that it does not name."""


def rules_without(schema: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """Give the schema of an object without the rules that may be about these properties."""
    required = [name for name in schema.get("required", ()) if name not in names]
    kept = {
        name: value
        for name, value in schema.items()
        if name in UNCONDITIONAL or (name in CHOICES and not may_be_about(value, names))
    }
    return {**kept, **({"required": required} if required else {})}


def may_be_about(rule: Any, names: frozenset[str]) -> bool:
    """Whether a rule for an object may be about these properties of it."""
    text = json.dumps(rule)
    return any(json.dumps(name) in text for name in names) or any(
        word in text for word in FAR_REACHING
    )
