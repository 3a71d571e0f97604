"""Tests of workflows/engine/transitions."""
