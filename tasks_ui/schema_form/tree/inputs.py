"""What a form is made of: a schema, hints, what was stored, and what was posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tasks_ui.schema_form.controls.files import Uploads
from tasks_ui.schema_form.posted.absent import ABSENT
from workflows.schemas import Document


@dataclass(frozen=True, kw_only=True)
class Given:
    """The parts that `SchemaForm` is given, as it explains them."""

    document: Document
    ui_schema: Any
    stored: Any
    post: Mapping[str, Any] | None
    exclude: frozenset[str] = frozenset()
    decided: Mapping[str, Any] = field(default_factory=dict)
    is_preview: bool = False
    uploads: Uploads | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing was stored and nothing posted, so that defaults are shown."""
        return self.stored is ABSENT and self.post is None
