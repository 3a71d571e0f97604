"""Tests of workflows/engine/definitions."""
