"""Sees to it that there is a Chromium for the browser tests, or says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import Final

from playwright.sync_api import sync_playwright

from tests.browser import chromium

PLAYWRIGHT: Final = (sys.executable, "-m", "playwright")
# Playwright's own Node needs libatomic1, which minimal systems lack and Chromium does not bring.
PACKAGES: Final = ("chromium", "libatomic1")
REMEDY: Final = (
    "Error: the browser tests need Chromium. Install it with `sudo apt-get install "
    f"{' '.join(PACKAGES)}` or `.venv/bin/playwright install --with-deps chromium`, or set "
    "SIGNOFF_TEST_BROWSER to a Chromium or Chrome that is there."
)


def main() -> None:
    """Find a browser that opens; else install one by Playwright, else, as root, by apt."""
    if not (opens() or install_by_playwright() or install_by_apt()):
        sys.exit(REMEDY)


def opens() -> bool:
    """Say whether there is a browser that Playwright can open."""
    driver = subprocess.run([*PLAYWRIGHT, "--version"], check=False, capture_output=True)
    if driver.returncode:
        print("Playwright's driver does not start.", flush=True)
        return False
    try:
        with sync_playwright() as playwright:
            chromium.launch(playwright).close()
    except chromium.NoBrowser as error:
        print(error, flush=True)
        return False
    return True


def install_by_playwright() -> bool:
    """Fetch Playwright's own Chromium, which needs a network that has it."""
    print("Trying `playwright install chromium` ...", flush=True)
    subprocess.run([*PLAYWRIGHT, "install", "chromium"], check=False, capture_output=True)
    return opens()


def install_by_apt() -> bool:
    """Install the system's Chromium, which only root may do."""
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or not apt:
        return False
    print(f"Trying `apt-get install {' '.join(PACKAGES)}` ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run([apt, "-qq", *command], check=False, env=quiet, stdout=subprocess.DEVNULL)
    return opens()


if __name__ == "__main__":
    main()
