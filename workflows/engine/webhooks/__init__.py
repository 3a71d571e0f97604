"""Calls from other systems: waited for, recognised, taken once.

In: a token and a payload. Out: an execution that goes on, or a refusal.
"""
