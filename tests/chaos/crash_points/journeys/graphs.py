"""Machine steps, gateways, joins and loops."""

from __future__ import annotations

from typing import Final

from tests.chaos.crash_points.journey import Journey, drain, start
from tests.chaos.crash_points.steps import AsyncDo, Choose, Count, Skip, chain, workflow
from workflows import Edge

JOURNEYS: Final = (
    Journey("machine", chain("machine", middle=AsyncDo(), skipped=Skip()), (start(), drain())),
    Journey("first start", chain("first_start"), (start(), drain()), fresh=True),
    Journey(
        "gateway",
        workflow(
            "gateway",
            *(Edge("choose", "left"), Edge("choose", "right"), Edge("choose", "unused")),
            *(Edge("left", "end"), Edge("right", "end"), Edge("unused", "end")),
            choose=Choose(),
        ),
        (start(choice=["left", "right"]), drain()),
    ),
    Journey(
        "join",
        workflow(
            "join",
            *(Edge("split", "left"), Edge("split", "middle"), Edge("split", "right")),
            *(Edge("left", "far"), Edge("far", "end")),
            *(Edge("middle", "end"), Edge("right", "end")),
        ),
        (start(), drain()),
    ),
    Journey(
        "loop",
        workflow(
            "loop",
            Edge("count", "count", condition="context.get('count') < 3"),
            Edge("count", "end", condition="context.get('count') >= 3"),
            count=Count(),
        ),
        (start(), drain()),
    ),
)
