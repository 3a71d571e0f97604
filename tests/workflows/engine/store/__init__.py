"""Tests of workflows/engine/store."""
