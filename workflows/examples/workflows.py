"""Registers the examples; the engine imports this module of every installed app by itself."""

from __future__ import annotations

from workflows import register
from workflows.examples.document_review import document_review
from workflows.examples.expense_approval import expense_approval
from workflows.examples.onboarding import onboarding
from workflows.examples.order_with_payment import order_with_payment

for definition in (document_review, expense_approval, onboarding, order_with_payment):
    register(definition)
