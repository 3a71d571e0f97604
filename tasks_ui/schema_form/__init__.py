"""A JSON Schema as a form that everybody can use, and what they filled in as typed JSON.

In: a schema, hints, stored data, a post. Out: a `SchemaForm` to show, and its data or messages.
"""

from __future__ import annotations

from tasks_ui.schema_form.render.form import SchemaForm
from tasks_ui.schema_form.render.read_only import Meaning
from tasks_ui.schema_form.tree.check_hints import Remark, check_hints

__all__ = ["Meaning", "Remark", "SchemaForm", "check_hints"]
