"""Tickets: no more drain jobs wait than there are tickets."""

from __future__ import annotations

import os

import pytest

from workflows.worker.shared_memory.slots import Tickets


def test_every_ticket_is_taken_once_until_it_is_given_back() -> None:
    tickets = Tickets(2)

    assert [
        tickets.take(are_late=False),
        tickets.take(are_late=False),
        tickets.take(are_late=False),
    ] == [0, 1, None]
    tickets.give_back(1)
    assert [tickets.take(are_late=False), tickets.take(are_late=False)] == [1, None]


def test_a_ticket_that_was_lost_with_its_worker_comes_back_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tickets = Tickets(1)
    assert tickets.take(are_late=False) == 0
    assert tickets.take(are_late=True) is None

    monkeypatch.setattr("workflows.worker.shared_memory.slots.LOST_AFTER", -1.0)

    assert tickets.take(are_late=False) is None
    assert tickets.take(are_late=True) == 0


def test_a_number_that_is_no_ticket_changes_nothing() -> None:
    tickets = Tickets(1)
    tickets.take(are_late=False)

    for number in (-1, 1, 99):
        tickets.give_back(number)

    assert tickets.take(are_late=False) is None


def test_a_forked_process_gives_back() -> None:
    tickets = Tickets(1)
    tickets.take(are_late=False)

    child = os.fork()
    if child == 0:
        tickets.give_back(0)
        os._exit(7)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert tickets.take(are_late=False) == 0
