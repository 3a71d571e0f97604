"""Tests of workflows/engine/tasks."""
