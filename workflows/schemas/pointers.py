"""JSON Pointers (RFC 6901), by which schemas, data, errors and form fields name a place."""

from __future__ import annotations

from collections.abc import Iterable


def child(pointer: str, key: str | int) -> str:
    """Give the pointer to what is under `key` at `pointer`."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def join(keys: Iterable[str | int]) -> str:
    """Give the pointer that these keys lead to, from the root."""
    pointer = ""
    for key in keys:
        pointer = child(pointer, key)
    return pointer


def split(pointer: str) -> list[str]:
    """Give the keys that a pointer leads along."""
    return [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]


def parent(pointer: str) -> str:
    """Give the pointer to what contains the place; the root is its own."""
    return pointer.rpartition("/")[0]
