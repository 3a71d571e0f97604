"""The places of a form: each reads itself from a post, and says what it begins with.

In: a place's schema, what was stored, and what was posted. Out: its value, and what stands there.
"""
