"""Tests of workflows/engine/queries."""
