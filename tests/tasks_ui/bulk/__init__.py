"""Tests of tasks_ui/bulk."""
