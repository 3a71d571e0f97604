"""Tests of workflows/engine/access."""
