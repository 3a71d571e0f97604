"""Tests of tasks_ui/tasks."""
