"""What stands for an alternative in a post: a sign of what it says, wherever it is listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from tasks_ui.schema_form.schema.alternatives import constants, with_targets
from workflows.schemas import Place

SIZE: Final = 4
NOTHING: Final[dict[str, Any]] = {}


def signs_of(parts: Sequence[Place]) -> tuple[str, ...]:
    """Give the sign of each alternative; of those that are the same, the later are counted.

    A sign has two halves: what an alternative is known by, which stays while its fields change,
    and all that it says. Neither depends on the others, or on their order.
    """
    signs: list[str] = []
    for part in parts:
        sign = f"{sign_of(_mark(part))}.{sign_of(_all_of(part))}"
        same = sum(known.partition("-")[0] == sign for known in signs)
        signs.append(f"{sign}-{same + 1}" if same else sign)
    return tuple(signs)


def number_of(signs: Sequence[str], sign: str) -> int | None:
    """Give the place of the alternative that a sign stands for; None where there is none.

    Where the very one is not there (any more), it is the only one that is known by the same.
    """
    whole = sign.partition("-")[0]
    for wanted in (sign, whole):
        if wanted in signs:
            return signs.index(wanted)
    mark = whole.partition(".")[0]
    same = [at for at, known in enumerate(signs) if known.partition(".")[0] == mark]
    is_known = mark != sign_of(NOTHING)
    return same[0] if is_known and len(same) == 1 else None


def _mark(part: Place) -> dict[str, Any]:
    """Give what an alternative is known by: its constants, its name, or its title."""
    told, reference, title = constants(part), part.keywords.get("$ref"), part.keywords.get("title")
    # A reference that ends in a number leads to a place, where something else may stand tomorrow.
    named = isinstance(reference, str) and not reference.rpartition("/")[2].isdecimal()
    if told:
        return {"constants": told}
    if named and reference != "#":
        return {"reference": reference}
    return {"title": title} if isinstance(title, str) and title else NOTHING


def _all_of(part: Place) -> list[Any]:
    """Give all that an alternative and what it refers to say, wherever that is written."""
    return [
        {name: said for name, said in each.keywords.items() if name != "$ref"}
        if isinstance(each.schema, dict)
        else each.schema
        for each in with_targets(part)
    ]


def sign_of(said: Any) -> str:
    """Give a short sign of anything that a schema says."""
    text = json.dumps(said, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=SIZE).hexdigest()
