"""Crash points: a process dies between any two statements, another one goes on, nothing differs."""
