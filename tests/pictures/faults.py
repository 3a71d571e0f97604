"""Measures what an eye may miss: sideways scrolling, buttons of two lines, words that are cut."""

from __future__ import annotations

from typing import Any, Final, cast

from playwright.sync_api import Page

MEASURE: Final = """() => {
  const found = [];
  const shown = element => element.checkVisibility({visibilityProperty: true});
  const named = element => `${element.className || element.tagName}: ` +
    `${element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)}`;
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push("the page scrolls sideways");
  for (const pane of document.querySelectorAll(".pane, .navigation, .list > .rows"))
    if (pane.scrollWidth > pane.clientWidth + 1) found.push(`scrolls sideways: ${named(pane)}`);
  for (const button of document.querySelectorAll(".button, .navigation a, .navigation button")) {
    if (!shown(button) || button.closest(".visually-hidden")) continue;
    const range = document.createRange();
    range.selectNodeContents(button);
    const text = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
    const tops = text.map(box => box.top), ends = text.map(box => box.bottom);
    if (Math.max(...tops) > Math.min(...ends)) found.push(`two lines: ${named(button)}`);
  }
  for (const element of document.querySelectorAll("body *")) {
    if (!shown(element) || element.closest("svg, .visually-hidden, select")) continue;
    const style = getComputedStyle(element);
    const clips = style.overflowX === "hidden" || style.overflowX === "clip";
    const has_text = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (has_text && clips && style.textOverflow !== "ellipsis" && style.clipPath === "none" &&
        element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${named(element)}`);
  }
  return found;
}"""


def faults(page: Page) -> list[str]:
    """Give what is wrong with the page in the window that it is in, in words."""
    return cast("list[Any]", page.evaluate(MEASURE))
