"""Definitions as they are stored per version, and the code that goes with them.

In: what is registered, or the row of a version. Out: the other one of both.
"""
