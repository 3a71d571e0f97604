"""Forms whose schemas this release refuses, in code that was checked by another one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import RequestFactory

from tasks_ui.site.unusable_schema import UnusableForms
from tests.tasks_ui.conftest import SignIn
from tests.workflows.definitions import gone
from workflows.definition.registry import registry
from workflows.models import HumanTask

REFUSED = {"properties": {"decision": {"$ref": "http://example.org/x.json"}}}
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def refused(expense: HumanTask) -> Iterator[HumanTask]:
    """Give a task whose form was stored by a release that took its schema, and has no code now."""
    definition = expense.instance.definition
    for node in definition.content["nodes"]:
        if node.get("form_schema"):
            node["form_schema"] = REFUSED
    definition.save()
    with gone(registry.get("expense_approval")):
        yield expense


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_the_page_of_a_task_says_what_is_wrong_with_its_form(
    ben: User, sign_in: SignIn, refused: HumanTask, headers: dict[str, str]
) -> None:
    answer = sign_in(ben).get(f"/t/{refused.pk}/", headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This form cannot be shown" in page
    assert "/properties/decision/$ref" in page
    assert "Tell an administrator" in page


def test_a_decision_by_such_a_form_changes_nothing(
    ben: User, sign_in: SignIn, refused: HumanTask
) -> None:
    answer = sign_in(ben).post(f"/t/{refused.pk}/decide/", {"outcome": "approve"})

    assert answer.status_code == 409
    refused.refresh_from_db()
    assert refused.status == "ready"


def test_every_other_failure_is_left_to_others(rf: RequestFactory) -> None:
    middleware = UnusableForms(lambda request: HttpResponse())

    assert middleware.process_exception(rf.get("/"), ValueError("other")) is None
