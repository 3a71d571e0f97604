"""Tests of workflows/worker/shared_memory."""
