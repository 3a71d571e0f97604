"""Tests of workflows/engine/files."""
