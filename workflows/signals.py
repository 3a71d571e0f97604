"""Signals for code that wants to know: sent after the commit, never part of it."""

from __future__ import annotations

from django.dispatch import Signal

task_reminded = Signal()
"""A task's reminder date has come. Arguments: `task`, a HumanTask."""
