"""Tests of tasks_ui/polling."""
