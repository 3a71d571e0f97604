"""Tests of tasks_ui."""
