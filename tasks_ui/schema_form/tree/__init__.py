"""From a schema to the tree of its form, built anew until questions and answers go together.

In: a schema, what was stored, and what was posted. Out: the places of the form, with their values.
"""
