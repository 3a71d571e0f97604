"""What an object asks about its own fields: which of them there are, and which are needed."""

from __future__ import annotations

from collections.abc import Sequence

from tasks_ui.schema_form.nodes.node import Group, Node
from tasks_ui.schema_form.nodes.unions import Chooser, Which
from tasks_ui.schema_form.tree.kinds import named
from workflows.schemas import which_to_fill_in


def arranged(group: Group, questions: Sequence[Chooser]) -> list[Node]:
    """Give the fields in their order, with each choice beside what has brought it about."""
    asked = [(_anchor(group, chooser), _which(group, chooser)) for chooser in questions]
    names = group.hints.order(group.outlook.names)
    found: list[Node] = [which for at, which in asked if at not in names]
    for name in names:
        found += [which for at, which in asked if at == name and which.chooser.union.needs]
        found += [group.children[name]] if name in group.children else []
        found += [which for at, which in asked if at == name and not which.chooser.union.needs]
    return found


def rule_of(group: Group) -> str:
    """Say which fields some have to be filled in of, before anybody has left them all empty."""
    rules = [
        which_to_fill_in([_named(group, names) for names in needs], only_one=False)
        for needs in group.outlook.needs
        if group.children.keys() & {name for names in needs for name in names}
    ]
    return " ".join(rules)


def _named(group: Group, names: Sequence[str]) -> list[str]:
    return [named(group.outlook, group.hints, name) for name in names]


def _anchor(group: Group, chooser: Chooser) -> str:
    """Give the field above which a choice stands, or below which if its answer has left it open."""
    union = chooser.union
    if union.left:
        return union.decider
    names = {name for needed in union.needs for name in needed}
    return next((name for name in group.hints.order(group.outlook.names) if name in names), "")


def _which(group: Group, chooser: Chooser) -> Which:
    return Which(
        way=group.way,
        label=chooser.label,
        required=True,
        outlook=group.outlook,
        hints=group.hints,
        parent=group,
        chooser=chooser,
    )
