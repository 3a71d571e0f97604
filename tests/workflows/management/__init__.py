"""Tests of workflows/management."""
