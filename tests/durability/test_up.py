"""`manage.py up`: one tree that starts together and ends together, however it ends."""

from __future__ import annotations

import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.durability.conftest import StartProgram
from tests.durability.journeys import begin, wait_until_completed
from tests.durability.processes import Program, alive, kill, wait_for
from workflows.models import Worker

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


def status_of(address: str) -> int:
    """Ask for a page; 0 is for no answer."""
    try:
        return int(urllib.request.urlopen(address, timeout=30).status)  # noqa: S310
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def child(site: Program, word: str) -> psutil.Process:
    """Give the child of `up` whose command line has this word in it."""
    children = psutil.Process(site.process.pid).children()
    (found,) = (one for one in children if word in one.cmdline())
    return found


def test_the_page_answers_as_soon_as_its_address_is_said(site: Program, free_port: str) -> None:
    address = f"http://127.0.0.1:{free_port}/"
    assert f"Open {address}" in site.said

    assert status_of(f"{address}healthz") == 200


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


@pytest.mark.only_on("sqlite")  # What starts programs does not know the database.
@pytest.mark.parametrize(("word", "name"), [("qcluster", "worker"), ("gunicorn", "web server")])
def test_a_program_that_ends_by_itself_is_started_again(
    site: Program, free_port: str, word: str, name: str
) -> None:
    other = child(site, "gunicorn" if word == "qcluster" else "qcluster")
    killed = child(site, word)

    kill(killed.pid)

    wait_for(lambda: f"The {name} has ended by itself" in site.said)
    wait_for(lambda: len(site.family()) == 9, means="It is not complete again.")
    wait_for(lambda: status_of(f"http://127.0.0.1:{free_port}/readyz") == 200)
    assert child(site, word) != killed
    assert other.is_running()
    site.tell(signal.SIGTERM)
    assert site.ends(seconds=SECONDS) == 0


@pytest.mark.only_on("sqlite")  # What starts programs does not know the database.
def test_a_cluster_that_stands_still_is_ended_and_started_again(
    site: Program, tmp_path: Path
) -> None:
    """Its workers are frozen, which nobody but the watchdog notices."""
    main = child(site, "qcluster")
    wait_until_completed(begin("durable_pause", tmp_path, seconds=0))
    wait_for(lambda: Worker.objects.count() == 2)
    for worker in Worker.objects.all():
        psutil.Process(worker.pid).suspend()

    later = begin("durable_pause", tmp_path, seconds=0)
    wait_until_completed(later)

    assert "The cluster has come to a standstill" in site.said
    assert "The worker has ended by itself (exit status -9) and is started again." in site.said
    assert not main.is_running()


@pytest.mark.only_on("sqlite")  # What starts programs does not know the database.
def test_a_program_that_cannot_be_started_stops_everything(
    start_program: StartProgram, free_port: str
) -> None:
    program = start_program("up", PORT=free_port, HOST="127.0.0.1", WEB_WORKERS="none")

    assert program.ends(seconds=SECONDS) == 1
    assert "cannot be started" in program.said


def test_a_port_in_use_is_one_clear_line(start_program: StartProgram) -> None:
    with socket.socket() as user:
        user.bind(("127.0.0.1", 0))
        user.listen()
        port = user.getsockname()[1]

        program = start_program("up", PORT=str(port), HOST="127.0.0.1")

        assert program.ends() == 1
        assert "Traceback" not in program.said
        assert f"Port {port} of 127.0.0.1 cannot be used" in program.said
