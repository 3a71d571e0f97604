"""Tests of workflows/engine/maintenance."""
