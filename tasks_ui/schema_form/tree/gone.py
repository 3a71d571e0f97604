"""What was in sight when a form was sent, and belongs to none of its answers any more."""

from __future__ import annotations

from typing import Final

from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.reader import Reading
from tasks_ui.schema_form.tree.nodes import Group, Later, Node
from tasks_ui.schema_form.tree.unions import Alternatives

NOTHING: Final = frozenset({"", "false"})


def gone(root: Node, reading: Reading) -> list[str]:
    """Give the names of fields that say something and went away with the last answers.

    Whoever sent the form had them before their eyes: the page had not followed the answers yet.
    """
    said = [name for name in reading.unseen(field_names.VALUE) if _says(reading, name)]
    if not said:
        return []
    # Of places for the same value the innermost one counts: it has the fields.
    places = {node.way: node for node in root.walk()}
    return [name for name in said if _is_left_out(places, name[1:])]


def _says(reading: Reading, name: str) -> bool:
    return any(text not in NOTHING for text in reading.held(name))


def _is_left_out(places: dict[str, Node], way: str) -> bool:
    """Whether an answer decides that the value there is not asked for."""
    above, step = way, ""
    while above and above not in places:
        above, _slash, step = above.rpartition("/")
    place = places.get(above)
    is_of_alternative = place is not None and isinstance(place.parent, Alternatives)
    match place:
        case Group() if step:
            return step in {field_names.inside("", name)[1:] for name in place.outlook.inactive}
        case Later(has_box=True) | Alternatives():
            return True
        case _:
            return is_of_alternative
