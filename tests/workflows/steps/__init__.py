"""Tests of workflows/steps."""
