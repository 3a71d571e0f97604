"""What rows of lists say of tasks: in the words of the form, and without its secrets."""

from __future__ import annotations

from typing import Final

import pytest
from django.contrib.auth.models import User

from tests.tasks_ui.conftest import SignIn
from tests.workflows.asking import Ask
from tests.workflows.definitions import sequence
from workflows import WorkflowDefinition, engine
from workflows.testing import drain, registered

START: Final = {
    "type": "object",
    "properties": {
        "kind": {"$ref": "#/$defs/kind"},
        "price": {"type": "number", "multipleOf": 0.01},
        "pin": {"type": "string", "writeOnly": True},
        "either": {"oneOf": [{"type": "string", "title": "Text"}, {"type": "integer"}]},
    },
    "$defs": {"kind": {"oneOf": [{"const": 1, "title": "Hardware"}, {"const": 2, "title": "Use"}]}},
}
DATA: Final = {"kind": 1, "price": 3480.5, "pin": "4711", "either": 5, "note": "kept"}
FIELDS: Final = ("kind", "price", "pin", "either", "note")


@pytest.fixture
def purchase(db: None) -> WorkflowDefinition:
    """Give a workflow whose rows show everything."""
    step = Ask("ben", row_fields=FIELDS)
    return sequence(step, name="purchase", start_schema=START)


def row(ben: User, sign_in: SignIn) -> list[str]:
    """Give what the only row of Ben's list shows."""
    (found,) = sign_in(ben).get("/inbox/mine/").context["list"].rows
    return list(found.values)


def test_rows_are_in_the_words_and_the_order_of_their_step(
    ana: User, ben: User, sign_in: SignIn, purchase: WorkflowDefinition
) -> None:
    with registered(purchase):
        engine.start_workflow("purchase", user=ana, initial_data=DATA)
        drain()

        assert row(ben, sign_in) == ["Hardware", "3,480.50", "Not shown", "5", "kept"]


def test_without_the_code_rows_are_as_they_were_stored(
    ana: User, ben: User, sign_in: SignIn, purchase: WorkflowDefinition
) -> None:
    with registered(purchase):
        engine.start_workflow("purchase", user=ana, initial_data={**DATA, "pin": ""})
        drain()

    assert {*row(ben, sign_in)} == {"1", "3,480.5", "–", "5", "kept"}
