"""Schemas in older drafts, rewritten into the newest one before anything else looks at them.

In: a schema as its author wrote it. Out: the same in draft 2020-12.
"""
