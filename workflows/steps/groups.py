"""Groups: several steps that are one step of the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeAlias

from workflows.context import WorkflowContext
from workflows.steps.base import Answer, Step, StepType

Condition: TypeAlias = str | Callable[[WorkflowContext], Answer[Any]]
"""An expression over `context`, or a callable that gets it."""
Items: TypeAlias = str | Callable[[WorkflowContext], Answer[Sequence[Any]]]
"""An expression over `context` that gives a list, or a callable that does."""


class StepGroup(Step):
    """Base of the groups: steps that the group starts and whose ends it waits for."""

    step_type: ClassVar[StepType] = StepType.GROUP
    steps: tuple[Step, ...]

    def __init__(self, *steps: Step, name: str = "") -> None:
        self.steps = steps
        if name:
            self.name = name


class SequentialGroup(StepGroup):
    """Run steps one after another; each gets the one before it as `previous_result`."""


class ParallelGroup(StepGroup):
    """Run steps all at once and go on when all have ended.

    Args:
        callback: a machine step that then runs with the results, in declared order, as
            `previous_result`; its result is the group's.
        on_child_failure: "cancel" fails the group with its first failed child and cancels
            the others; "wait" lets them end first.
    """

    def __init__(
        self,
        *steps: Step,
        callback: Step | None = None,
        on_child_failure: Literal["cancel", "wait"] = "cancel",
        name: str = "",
    ) -> None:
        super().__init__(*steps, name=name)
        self.callback = callback
        self.on_child_failure = on_child_failure

    @classmethod
    def for_each(
        cls,
        items: Items,
        step: Step,
        *,
        callback: Step | None = None,
        on_child_failure: Literal["cancel", "wait"] = "cancel",
        label: str = "",
        name: str = "",
    ) -> ForEachGroup:
        """Make a group that runs one step once per item, all at once.

        Each run finds its item in `context.item` and the item's place, from 0, in
        `context.index`. The results come in the order of the items.

        Args:
            items: an expression or a callable that gives the list when the group is reached: at
                most 10,000 values, JSON only. An empty one lets the workflow go on with `[]`.
            step: what to run for each item; a group where that takes several steps.
            callback: as for `ParallelGroup`.
            on_child_failure: as for `ParallelGroup`.
            label: what people call an item that is an object, as a format string over its
                properties: `"{city}, {country}"`. Default: its name, title or the like.
        """
        return ForEachGroup(
            items,
            step,
            callback=callback,
            on_child_failure=on_child_failure,
            label=label,
            name=name,
        )


class ForEachGroup(ParallelGroup):
    """Run one step once per item; `ParallelGroup.for_each` makes it."""

    def __init__(
        self,
        items: Items,
        step: Step,
        *,
        callback: Step | None = None,
        on_child_failure: Literal["cancel", "wait"] = "cancel",
        label: str = "",
        name: str = "",
    ) -> None:
        super().__init__(step, callback=callback, on_child_failure=on_child_failure, name=name)
        self.items = items
        self.label = label


class RaceGroup(StepGroup):
    """Run steps all at once; the first to succeed wins and the others are cancelled.

    The result is `{"winner": <child's name>, "result": <its result>}`.
    """


class ConditionalGroup(StepGroup):
    """Run one of several steps.

    Args:
        condition: a callable or expression that gives a branch's name (True and False
            stand for "true" and "false").
        branches: step per name.
        default: step for any other answer; without one the group is skipped then.
    """

    def __init__(
        self,
        condition: Condition,
        branches: Mapping[str, Step],
        default: Step | None = None,
        name: str = "",
    ) -> None:
        self.condition = condition
        self.branches = dict(branches)
        self.default = default
        super().__init__(*self.branches.values(), *([default] if default else []), name=name)
