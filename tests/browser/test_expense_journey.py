"""The whole site as people get it: its own server, its own worker, two people, two browsers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.signing_in import sign_in_as
from tests.durability.processes import Program, wait_for
from tests.people import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.on_every_database]


@pytest.fixture
def people(ana: User, ben: User) -> None:
    """Give both a password as the real site keeps it: that of the tests is too weak for it."""
    hasher = PBKDF2PasswordHasher()
    User.objects.update(password=hasher.encode(PASSWORD, hasher.salt()))


@pytest.fixture
def address(process_environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """Start `manage.py up` on this test's database, and give the address that it says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    site = Program({**process_environment, "PORT": port}, tmp_path / "up.log", "up")

    def is_open() -> bool:
        assert site.process.poll() is None, site.said
        return "Open http://" in site.said

    try:
        wait_for(is_open, means=site.said)
        yield f"http://127.0.0.1:{port}"
    finally:
        site.kill()


def sign_in(page: Page, username: str) -> None:
    """Sign in as a person does."""
    page.goto("/")
    sign_in_as(page, username)


def test_ana_starts_an_expense_ben_approves_and_ana_sees_it_completed(
    people: None, address: str, new_page: OpenPage
) -> None:
    of_ana, of_ben = new_page(address), new_page(address)

    sign_in(of_ana, "ana")
    of_ana.get_by_role("link", name="Start", exact=True).click()
    of_ana.get_by_role("link", name="Expense approval").click()
    of_ana.get_by_label("What was it for?").fill("Train to Berlin")
    of_ana.get_by_label("Amount in euros").fill("4200")
    of_ana.get_by_role("button", name="Start").click()
    expect(of_ana.get_by_role("heading", level=1)).to_have_text("Train to Berlin, € 4,200.00")
    status = of_ana.get_by_role("main").get_by_role("status")
    expect(status).to_contain_text("Approve expense: not taken yet")

    sign_in(of_ben, "ben")
    of_ben.get_by_role("link", name="To the unclaimed tasks").click()
    of_ben.get_by_role("link", name="Train to Berlin").click()
    of_ben.get_by_role("button", name="Approve").click()
    expect(of_ben.get_by_role("status")).to_contain_text("Approve: Train to Berlin")

    # She has not touched her page since.
    expect(status).to_contain_text("Completed")
    history = of_ana.get_by_role("region", name="What happened")
    expect(history).to_contain_text("Manager approval: Approve Ben")
    expect(history).to_contain_text("Request completed")
