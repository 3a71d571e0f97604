"""A JSON Schema as a form that everybody can use, and what they filled in as typed JSON."""

from __future__ import annotations

from tasks_ui.schema_form.form import SchemaForm

__all__ = ["SchemaForm"]
