"""Tests that each control-flow pattern does what defines it."""
