"""Listens to a page and notes everything that a browser complains about."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page


class Complaints(list[str]):
    """What the pages of one test complained about; `expected` HTTP errors do not count."""

    def __init__(self, expected: frozenset[int] = frozenset()) -> None:
        super().__init__()
        self.expected = {str(status) for status in expected}

    def listen(self, page: Page, host: str) -> None:
        """Note errors in the console and of scripts, blocked content, and calls to other hosts."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.append(f"Page error: {error}"))
        page.on("request", lambda request: self._keep_home(request.url, host))

    def _hear(self, message: ConsoleMessage) -> None:
        status = re.search(r"responded with a status of (\d+)", message.text)
        if message.type == "error" and not (status and status[1] in self.expected):
            self.append(f"Console: {message.text} ({message.location.get('url', '')})")

    def _keep_home(self, url: str, host: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"about", "blob", "data"} and parts.netloc != host:
            self.append(f"Another host is asked: {url}")
