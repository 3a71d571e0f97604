"""Tests of workflows/engine/instances."""
