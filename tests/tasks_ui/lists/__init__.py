"""Tests of tasks_ui/lists."""
