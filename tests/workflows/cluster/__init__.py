"""Tests of workflows/cluster."""
