"""Opens each page once, and takes its picture in every look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.pictures.faults import faults
from tests.pictures.looks import LOOKS, Look
from tests.pictures.pages import Shot
from tests.pictures.world import World


@dataclass(frozen=True)
class Taken:
    """One picture; `faults` are those that can be measured."""

    name: str
    look: str
    file: str
    faults: list[str]


def take(
    shots: Iterable[Shot],
    looks: Sequence[str],
    world: World,
    url: str,
    into: Path,
    say: Callable[[str], None],
) -> list[Taken]:
    """Take every picture into the folder."""
    into.mkdir(parents=True, exist_ok=True)
    taken: list[Taken] = []
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for shot in shots:
            page = _open(browser, shot.who, url)
            page.goto(shot.path.format(**world.places))
            if shot.act:
                shot.act(page, world)
            taken += [_picture(page, shot, look, into) for look in looks]
            page.context.close()
            say(shot.name)
        browser.close()
    return taken


def _open(browser: Browser, who: str, url: str) -> Page:
    context = browser.new_context(base_url=url, timezone_id="UTC", locale="en-GB")
    if who:
        client = Client()
        client.force_login(User.objects.get(username=who))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    return context.new_page()


def _picture(page: Page, shot: Shot, name: str, into: Path) -> Taken:
    look: Look = LOOKS[name]
    if look.flows and not shot.act:
        # As on a small window from the beginning: what a script measures is measured again.
        page.set_viewport_size({"width": look.width, "height": look.height})
        page.reload()
    look.put_on(page, whole=shot.whole)
    file = f"{shot.name}.{name}.png"
    page.screenshot(path=into / file, full_page=look.flows, animations="disabled")
    # The admin's own pages are Django's.
    found = [] if shot.path.startswith("/admin/") or look.media == "print" else faults(page)
    return Taken(shot.name, name, file, found)
