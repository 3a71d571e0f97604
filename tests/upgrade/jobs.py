"""Ordinary jobs of the planted site, beside those of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

NOTES = "notes"


def note(text: str) -> None:
    """Write a line into a file beside the site's data."""
    with (Path(settings.DATA_DIR) / NOTES).open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


def note_row(row: Any) -> None:
    """Write down which row it was given."""
    note(f"{row._meta.label} {row.pk}")


def notes() -> list[str]:
    """Give what was written, in the order of the alphabet."""
    file = Path(settings.DATA_DIR) / NOTES
    return sorted(file.read_text(encoding="utf-8").splitlines()) if file.exists() else []
