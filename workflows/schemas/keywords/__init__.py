"""What each keyword of JSON Schema asks of data."""

from __future__ import annotations

from typing import Final

from workflows.schemas.evaluation import Maker
from workflows.schemas.keywords import lists, numbers, objects, parts, texts, unevaluated, values

MAKERS: Final[dict[str, tuple[str, Maker]]] = {
    **values.MAKERS,
    **numbers.MAKERS,
    **texts.MAKERS,
    **lists.MAKERS,
    **objects.MAKERS,
    **parts.MAKERS,
    **unevaluated.MAKERS,
}
"""By keyword, the kind of values that it is about, and what makes its rule."""
