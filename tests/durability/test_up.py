"""`manage.py up`: one tree that starts together and ends together, however it ends."""

from __future__ import annotations

import signal
import socket
import urllib.error
import urllib.request

import psutil
import pytest

from tests.durability.conftest import StartProgram
from tests.durability.processes import Program, alive, kill, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SECONDS = 30.0


@pytest.fixture
def site(start_program: StartProgram, free_port: str) -> Program:
    """Give the whole site, which has said that it is open."""
    program = start_program("up", PORT=free_port, HOST="127.0.0.1")

    def is_open() -> bool:
        assert program.process.poll() is None, program.said
        return "Open http://" in program.said

    wait_for(is_open)
    wait_for(lambda: len(program.family()) == 9, means="up, 2 web, 6 of the worker")
    return program


def child(site: Program, word: str) -> psutil.Process:
    """Give the child of `up` whose command line has this word in it."""
    children = psutil.Process(site.process.pid).children()
    (found,) = (one for one in children if word in one.cmdline())
    return found


def test_the_page_answers_as_soon_as_its_address_is_said(site: Program, free_port: str) -> None:
    address = f"http://127.0.0.1:{free_port}/"
    assert f"Open {address}" in site.said

    try:
        status = urllib.request.urlopen(f"{address}healthz", timeout=30).status  # noqa: S310
    except urllib.error.HTTPError as error:
        status = error.code

    assert status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_stops_everything_within_seconds(site: Program, number: signal.Signals) -> None:
    family = site.family()

    site.tell(number)

    assert site.ends(seconds=SECONDS) == 0
    assert alive(family) == []


def test_killing_it_leaves_no_orphan(site: Program) -> None:
    family = site.family()

    kill(site.process.pid)

    wait_for(lambda: not alive(family), seconds=SECONDS, means="Orphans go on.")


@pytest.mark.parametrize(("word", "name"), [("qcluster", "worker"), ("gunicorn", "web server")])
def test_the_end_of_one_program_stops_the_other(site: Program, word: str, name: str) -> None:
    family = site.family()

    kill(child(site, word).pid)

    assert site.ends(seconds=SECONDS) == 1
    assert f"The {name} has ended by itself" in site.said
    wait_for(lambda: not alive(family), seconds=SECONDS, means="Orphans go on.")


def test_a_port_in_use_is_one_clear_line(start_program: StartProgram) -> None:
    with socket.socket() as user:
        user.bind(("127.0.0.1", 0))
        user.listen()
        port = user.getsockname()[1]

        program = start_program("up", PORT=str(port), HOST="127.0.0.1")

        assert program.ends() == 1
        assert "Traceback" not in program.said
        assert f"Port {port} of 127.0.0.1 cannot be used" in program.said
