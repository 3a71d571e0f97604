"""Tests of workflows/definition."""
