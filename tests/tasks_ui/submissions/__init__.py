"""Tests of tasks_ui/submissions."""
