"""What an author says of a form beside its rules: which values are protected, and where that is.

In: keywords of schemas, and UI schemas. Out: what binds, and the UI schema of a part.
"""
