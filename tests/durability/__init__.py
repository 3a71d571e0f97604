"""Tests with real processes: what is killed, stopped or late, and nothing is lost or done twice."""
