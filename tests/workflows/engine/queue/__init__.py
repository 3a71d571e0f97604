"""Tests of workflows/engine/queue."""
