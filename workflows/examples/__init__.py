"""Workflows to read and copy, which import only `workflows`, and a demo that plays them.

In: nothing. Out: definitions that are registered, and people with requests for an empty database.
"""
