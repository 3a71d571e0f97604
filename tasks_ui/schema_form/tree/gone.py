"""What was in sight when a form was sent, and belongs to none of its answers any more."""

from __future__ import annotations

from tasks_ui.schema_form.nodes.node import Fixed, Group, Later, Node
from tasks_ui.schema_form.nodes.unions import Alternatives
from tasks_ui.schema_form.posted import field_names
from tasks_ui.schema_form.posted.reader import Reading
from workflows.schemas import names_in, speaking

UNTICKED = "false"


def gone(root: Node, reading: Reading) -> list[str]:
    """Give the names of fields that say something and went away with the last answers.

    Whoever sent the form had them before their eyes: the page had not followed the answers yet.
    """
    said = [name for name in reading.unseen(field_names.VALUE) if any(reading.held(name))]
    if not said:
        return []
    # Of places for the same value the innermost one counts: it has the fields.
    places = {node.way: node for node in root.walk()}
    return [name for name in said if _is_left_out(places, name[1:], reading.held(name))]


def _is_left_out(places: dict[str, Node], way: str, texts: list[str]) -> bool:
    """Whether an answer decides that the value there is not asked for."""
    above, step, further = way, "", ""
    while above and above not in places:
        further = further or step
        above, _slash, step = above.rpartition("/")
    match places.get(above):
        case Group() as group if step:
            return _is_of_other_answer(group, step) and (
                texts != [UNTICKED] or not (further or _is_box(group, step))
            )
        case Later(has_box=True) | Alternatives():
            return True
        case Fixed(is_chosen=True):
            return True
        case Node() as place:
            return isinstance(place.parent, Alternatives)
        case _:
            return False


def _is_of_other_answer(group: Group, step: str) -> bool:
    """Whether a name is one that the object has after other answers."""
    name = _names(group).get(step)
    return name is not None and name not in group.outlook.properties


def _is_box(group: Group, step: str) -> bool:
    """Whether it is true or false and nothing else: unticked, a box says nothing."""
    asked = (place.properties.get(_names(group)[step]) for place in speaking([group.outlook.place]))
    return any(isinstance(schema, dict) and schema.get("type") == "boolean" for schema in asked)


def _names(group: Group) -> dict[str, str]:
    """Give the names that the object may have, as they are in names of fields."""
    return {field_names.inside("", name)[1:]: name for name in names_in(group.outlook.place)}
