"""The three forms of the page about steps."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from tasks_ui.schema_form import SchemaForm
from tests.tasks_ui.schema_form.browser import untouched

REVIEW: dict[str, Any] = {
    "type": "object",
    "properties": {
        "decision": {
            "type": "string",
            "title": "Your Decision",
            "enum": ["approve", "reject", "revise"],
            "enumNames": ["Approve", "Reject", "Request Revisions"],
        },
        "feedback": {
            "type": "string",
            "title": "Feedback",
            "description": "Comments for the author",
        },
        "priority": {"type": "integer", "title": "Priority Score", "minimum": 1, "maximum": 5},
    },
    "required": ["decision"],
}
APPROVAL = {
    "type": "object",
    "properties": {"approved": {"type": "boolean", "title": "Approve?", "default": False}},
    "required": ["approved"],
}
STATUS = {
    "type": "object",
    "properties": {
        "status": {
            "type": "string",
            "enum": ["pending", "active", "completed"],
            "default": "pending",
        }
    },
}
AMOUNT = {
    "type": "object",
    "properties": {
        "amount": {"type": "number", "minimum": 0, "maximum": 10000, "title": "Adjustment Amount"}
    },
}


def test_a_review_is_read_as_typed_json() -> None:
    post = QueryDict("d/decision=revise&d/feedback=More+detail%0D%0Aplease&d/priority=3")
    form = SchemaForm(REVIEW, post=post)

    assert form.is_valid()
    assert form.data == {"decision": "revise", "feedback": "More detail\nplease", "priority": 3}
    assert type(form.data["priority"]) is int


def test_a_review_asks_with_the_names_of_its_choices() -> None:
    html = SchemaForm(REVIEW).render()

    assert all(name in html for name in ("Approve", "Reject", "Request Revisions", "From 1 to 5."))
    assert 'type="radio"' in html
    assert "Comments for the author" in html


def test_a_review_without_a_decision_says_so_at_the_decision() -> None:
    form = SchemaForm(REVIEW, post=QueryDict("d/priority=9&d/feedback="))

    assert not form.is_valid()
    assert form.errors == {
        "/decision": ["This field is required."],
        "/priority": ["Ensure this value is less than or equal to 5."],
    }
    [(label, message, control), (second, _text, _control)] = form.error_summary
    assert (label, message, second) == (
        "Your Decision",
        "This field is required.",
        "Priority Score",
    )
    assert f'id="{control}"' in form.render()


def test_the_outcome_can_be_left_to_the_buttons() -> None:
    form = SchemaForm(
        REVIEW, post=QueryDict("d/priority=2&d/decision=hack"), exclude=frozenset({"decision"})
    )

    assert form.is_valid()
    assert form.data == {"priority": 2}
    assert "Your Decision" not in form.render()


def test_a_box_that_is_not_ticked_is_false() -> None:
    form = SchemaForm(APPROVAL, post=untouched(SchemaForm(APPROVAL)))

    assert (form.is_valid(), form.data) == (True, {"approved": False})
    assert SchemaForm(APPROVAL, post=QueryDict("d/approved=false&d/approved=true")).data == {
        "approved": True
    }
    assert " required" not in SchemaForm(APPROVAL).render()


def test_a_default_is_chosen_at_first_and_not_put_back_later() -> None:
    assert SchemaForm(STATUS, post=untouched(SchemaForm(STATUS))).data == {"status": "pending"}

    again = SchemaForm(STATUS, post={"d/status": ""})

    assert again.data == {}
    assert untouched(again) == {"d/status": [""]}
    assert untouched(SchemaForm(STATUS, stored={})) == {"d/status": [""]}


def test_an_amount_keeps_its_cents() -> None:
    assert SchemaForm(AMOUNT, post={"d/amount": "19.99"}).data == {"amount": 19.99}
    assert SchemaForm(AMOUNT, post={"d/amount": "10000.00"}).data == {"amount": 10000}
    assert SchemaForm(AMOUNT, post={"d/amount": ""}).data == {}
    assert SchemaForm(AMOUNT, post={"d/amount": "-1"}).errors == {
        "/amount": ["Ensure this value is greater than or equal to 0."]
    }
