"""Fixtures for tests of pages: signed-in clients, and requests that wait for somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from workflows import engine
from workflows.models import HumanTask, WorkflowInstance
from workflows.testing import drain

SignIn = Callable[[User], Client]
StartExpense = Callable[..., HumanTask]


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
def start_expense(ana: User) -> StartExpense:
    """Give a function by which Ana starts an expense, and the task that waits then."""

    def start_expense(title: str = "Train to Berlin", **data: Any) -> HumanTask:
        data = {"title": title, "amount": 4200, "category": "travel"} | data
        instance = engine.start_workflow("expense_approval", initial_data=data, user=ana)
        drain()
        return HumanTask.objects.get(instance=instance)

    return start_expense


@pytest.fixture
def expense(start_expense: StartExpense) -> HumanTask:
    """Give a task that waits for a manager."""
    return start_expense()


@pytest.fixture
def request_of_ana(expense: HumanTask) -> WorkflowInstance:
    """Give a request that waits for a manager."""
    return expense.instance
