"""What to tell an author about a schema that is not written as the language demands."""

from __future__ import annotations

from typing import Any, Final

from jsonschema.exceptions import ValidationError

TYPES: Final = ("array", "boolean", "integer", "null", "number", "object", "string")
MEANT: Final = {
    "list": "array",
    "tuple": "array",
    "dict": "object",
    "map": "object",
    "str": "string",
    "text": "string",
    "int": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "bool": "boolean",
    "none": "null",
}
"""What types are called elsewhere."""
KINDS: Final = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a text",
}
MAX_QUOTED: Final = 30


def sentence(error: ValidationError) -> str:
    """Give one sentence about what breaks a rule of the language."""
    keyword, limit = str(error.validator), error.validator_value
    if keyword == "anyOf":
        text = _about_type(error.instance)
    elif keyword == "type":
        text = f"This should be {_named(limit)}."
    elif keyword == "minimum":
        text = f"This should be {limit} or more."
    elif keyword == "exclusiveMinimum":
        text = f"This should be more than {limit}."
    elif keyword == "minItems":
        text = "This list should not be empty."
    elif keyword == "uniqueItems":
        text = "This list should name each value only once."
    else:
        text = "This is not written as the newest draft of JSON Schema demands."
    return text


def _named(types: Any) -> str:
    names = [types] if isinstance(types, str) else list(types)
    if names == ["object", "boolean"]:
        return "a schema: an object, or true or false"
    return " or ".join(KINDS[name] for name in names)


def _about_type(value: Any) -> str:
    """Say which types there are; nothing else in the language is a choice."""
    known = f"{', '.join(TYPES[:-1])} or {TYPES[-1]}"
    if not isinstance(value, str):
        return f"Name one of the types {known} here, or several of them in a list."
    quoted = value if len(value) <= MAX_QUOTED else f"{value[:MAX_QUOTED]}…"
    if value.lower() in MEANT or value.lower() in TYPES:
        return f"There is no type “{quoted}”: write “{MEANT.get(value.lower(), value.lower())}”."
    return f"There is no type “{quoted}”: write {known}."
