"""Fixtures for tests of pages: signed-in clients, and requests that wait for somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.expenses import start_expense
from workflows.models import HumanTask, WorkflowInstance

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Forget what other tests have counted."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sign_in() -> SignIn:
    """Give a function that makes a client for a person who is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def expense(ana: User) -> HumanTask:
    """Give a task that waits for a manager; Ana has asked for it."""
    return start_expense(ana)


@pytest.fixture
def request_of_ana(expense: HumanTask) -> WorkflowInstance:
    """Give a request that waits for a manager."""
    return expense.instance
