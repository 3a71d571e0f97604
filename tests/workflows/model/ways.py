"""Where branches can go, worked out the plain way: by searching, again and again."""

from __future__ import annotations

from collections.abc import Sequence

from tests.workflows.model.plans import Way


class Ways:
    """The edges of a workflow by number."""

    def __init__(self, initial: str, ways: Sequence[Way]) -> None:
        self.initial = initial
        self.ways = ways
        steps = {way.target for way in ways}
        self.merges = {step: self._merged_at(step) for step in steps}

    def out_of(self, step: str) -> list[int]:
        """Numbers of the edges out of a step, in declared order."""
        return [number for number, way in enumerate(self.ways) if way.source == step]

    def reachable(self, start: str, *, without: str | None = None) -> set[str]:
        """All steps that a branch at `start` can come to, itself among them."""
        found: set[str] = set()
        to_do = [start]
        while to_do:
            step = to_do.pop()
            if step != without and step not in found:
                found.add(step)
                to_do += [way.target for way in self.ways if way.source == step]
        return found

    def leads_back(self, number: int) -> bool:
        """Whether an edge's target dominates its source: without it, the source is cut off."""
        way = self.ways[number]
        return way.source not in self.reachable(self.initial, without=way.target)

    def may_come(self, start: str, missing: set[int], step: str) -> bool:
        """Whether a branch at `start` can come along a missing edge into `step` not through it."""
        found = self.reachable(start, without=step)
        return any(self.ways[number].source in found for number in missing)

    def _merged_at(self, step: str) -> set[int]:
        """Numbers of the forward edges into a step, where there are several."""
        into = [number for number, way in enumerate(self.ways) if way.target == step]
        forward = {number for number in into if not self.leads_back(number)}
        return forward if len(forward) > 1 else set()
