"""Tests of workflows/examples/demo."""
