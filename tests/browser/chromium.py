"""Finds the browser that the tests drive, and starts it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error, Playwright

NAMES: Final = (
    *("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"),
    *("microsoft-edge-stable", "microsoft-edge"),
)
APPLICATIONS: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
QUIET: Final = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)


class NoBrowser(Exception):
    """No browser opens; the message says what was tried."""


def launch(playwright: Playwright) -> Browser:
    """Open the first browser that opens: the chosen one, Playwright's own, then the system's."""
    # Chromium's sandbox refuses to work for root.
    options = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    refusals = []
    for path in _candidates(playwright.chromium.executable_path):
        try:
            return playwright.chromium.launch(executable_path=path, args=options)
        except Error as error:
            refusals.append(f"{path} does not open: {error.message.splitlines()[0]}")
    raise NoBrowser("\n".join(refusals) or "No Chromium was found.")


def _candidates(own: str) -> Iterator[Path]:
    """Give the browsers that are there; `own` is where Playwright would keep its own."""
    if chosen := os.environ.get("SIGNOFF_TEST_BROWSER"):
        yield Path(chosen)
        return
    for path in (own, *map(shutil.which, NAMES), *APPLICATIONS):
        if path and Path(path).is_file():
            yield Path(path)
