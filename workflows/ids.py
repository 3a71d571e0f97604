"""Kept for names in databases and settings; see workflows.values.ids."""

from __future__ import annotations

from workflows.values.ids import *  # noqa: F403
