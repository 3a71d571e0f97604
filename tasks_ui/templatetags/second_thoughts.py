"""Puts the way back beside the message that tells of a decision."""

from __future__ import annotations

from django import template

from tasks_ui.tasks.undo_link import undo_of

register = template.Library()
register.filter("undo", undo_of)
