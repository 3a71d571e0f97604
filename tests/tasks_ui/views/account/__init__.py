"""Tests of tasks_ui/views/account."""
