"""The tree of a form: a node for each place, which reads itself from a post.

In: a schema, what was stored, and what was posted. Out: nodes with their controls.
"""
