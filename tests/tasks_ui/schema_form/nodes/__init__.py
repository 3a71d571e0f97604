"""Tests of tasks_ui/schema_form/nodes."""
