"""In which looks a page is seen: light, dark and narrow, and those of special needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from playwright.sync_api import Page

TALLEST: Final = 6_000
"""Pixels; what is longer is cut off, in the picture alone."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a page is seen.

    Attributes:
        flows: whether the page scrolls as a whole, so that the picture shows all of it.
    """

    width: int = 1440
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    forced: Literal["active", "none"] = "none"
    direction: str = "ltr"
    flows: bool = False

    def put_on(self, page: Page, *, whole: bool) -> None:
        """Show the page in this look; as a whole, the window is as high as what is in it."""
        page.emulate_media(
            color_scheme=self.scheme,
            media=self.media,
            forced_colors=self.forced,
            reduced_motion="reduce",
        )
        page.evaluate("dir => document.documentElement.dir = dir", self.direction)
        page.set_viewport_size({"width": self.width, "height": self.height})
        if whole and not self.flows:
            hidden = "Math.max(0, ...[...document.querySelectorAll('.pane')].map("
            hidden += "pane => pane.scrollHeight - pane.clientHeight))"
            height = min(self.height + int(page.evaluate(hidden)), TALLEST)
            page.set_viewport_size({"width": self.width, "height": height})


LOOKS: Final = {
    "light": Look(),
    "dark": Look(scheme="dark"),
    "narrow": Look(width=360, height=740, flows=True),
    "tablet": Look(width=900, height=700),
    # What a window of 1280 by 900 leaves at a zoom of 200 % and of 400 %.
    "zoomed": Look(width=640, height=450, flows=True),
    "reflowed": Look(width=320, height=225, flows=True),
    "rtl": Look(direction="rtl"),
    "narrow-rtl": Look(width=360, height=740, direction="rtl", flows=True),
    "forced": Look(scheme="dark", forced="active"),
    # An A4 page within its margins.
    "print": Look(width=718, height=1047, media="print", flows=True),
}
USUAL: Final = ("light", "dark", "narrow")
