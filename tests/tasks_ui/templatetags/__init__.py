"""Tests of tasks_ui/templatetags."""
