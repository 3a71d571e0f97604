"""Tests of workflows/engine/lists."""
