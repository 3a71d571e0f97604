"""Tests of tasks_ui/site."""
