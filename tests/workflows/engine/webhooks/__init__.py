"""Tests of workflows/engine/webhooks."""
