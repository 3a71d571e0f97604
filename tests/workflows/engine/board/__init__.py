"""Tests of workflows/engine/board."""
