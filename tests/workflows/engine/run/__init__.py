"""Tests of workflows/engine/run."""
