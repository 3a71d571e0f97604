"""Signals for code that wants to know, and, of files that arrive, to have a say."""

from __future__ import annotations

from django.dispatch import Signal

task_reminded = Signal()
"""A task's reminder date has come; sent after the commit. Arguments: `task`, a HumanTask."""

attachment_received = Signal()
"""A file has arrived and is not stored yet: the place for a virus scanner.

Arguments: `file` (open for reading, at its start), `name`, `content_type`, `size`, and `user`, who
sent it. A receiver that raises FileRefused keeps the file from being stored; its reason is shown
beside the field.
"""
