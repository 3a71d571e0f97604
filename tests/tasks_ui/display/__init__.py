"""Tests of tasks_ui/display."""
