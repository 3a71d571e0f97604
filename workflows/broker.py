"""Kept for names in databases and settings; see workflows.cluster.broker."""

from __future__ import annotations

from workflows.cluster.broker import *  # noqa: F403
