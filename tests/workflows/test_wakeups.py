"""Wake-ups reach everybody who listens on the same database, and nobody's absence is an error."""

from __future__ import annotations

import stat
import threading
import time
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from workflows import wakeups

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 20.0


@pytest.fixture
def line() -> Iterator[wakeups.Listener]:
    """Give a listener."""
    listener = wakeups.listener()
    yield listener
    listener.close()


def test_a_wakeup_ends_a_wait(line: wakeups.Listener) -> None:
    wakeups.send()

    assert line.wait(SOON)
    assert not line.wait(0)


def test_a_wait_without_a_wakeup_ends_after_its_time(line: wakeups.Listener) -> None:
    begun = time.monotonic()

    assert not line.wait(0.2)
    assert time.monotonic() - begun >= 0.2


def test_every_listener_hears_a_wakeup(line: wakeups.Listener) -> None:
    other = wakeups.listener()

    wakeups.send()

    assert line.wait(SOON)
    assert other.wait(SOON)
    other.close()


def test_nobody_need_listen() -> None:
    wakeups.send()


def test_a_transaction_wakes_once_and_after_its_commit(line: wakeups.Listener) -> None:
    with transaction.atomic():
        wakeups.wake_later()
        with transaction.atomic():
            wakeups.wake_later()
        assert len(connection.run_on_commit) == 1
        assert not line.wait(0)

    assert line.wait(SOON)


def test_a_transaction_that_is_rolled_back_wakes_nobody(line: wakeups.Listener) -> None:
    with transaction.atomic():
        wakeups.wake_later()
        transaction.set_rollback(True)

    assert not line.wait(0.1)


def test_a_savepoint_that_is_rolled_back_does_not_take_the_wakeup_with_it(
    line: wakeups.Listener,
) -> None:
    with transaction.atomic():
        with transaction.atomic():
            wakeups.wake_later()
            transaction.set_rollback(True)
        wakeups.wake_later()

    assert line.wait(SOON)


def test_many_wakeups_at_once_are_one(line: wakeups.Listener) -> None:
    threads = [threading.Thread(target=_send_and_leave) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)

    assert line.wait(SOON)


def _send_and_leave() -> None:
    wakeups.send()
    connection.close()


@pytest.mark.only_on("sqlite")
def test_the_sockets_are_nobody_elses_business(line: wakeups.Listener) -> None:
    folder = wakeups._folder()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(str(folder)) < 80


@pytest.mark.only_on("sqlite")
def test_a_folder_that_is_open_to_others_is_refused(line: wakeups.Listener) -> None:
    folder = wakeups._folder()
    folder.chmod(0o755)

    with pytest.raises(ImproperlyConfigured, match="open to others"):
        wakeups.listener()
    wakeups.wake()

    folder.chmod(0o700)


@pytest.mark.only_on("sqlite")
def test_the_socket_of_a_dead_listener_is_cleared_away() -> None:
    dead = wakeups.listener()
    assert isinstance(dead, wakeups._Datagrams)
    dead._socket.close()
    assert dead._path.exists()

    wakeups.send()

    assert not dead._path.exists()
