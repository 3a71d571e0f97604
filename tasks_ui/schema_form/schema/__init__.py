"""What a schema says about its form; nothing is known here of data that was posted.

In: a JSON Schema and its hints. Out: its parts, titles, options and conditions.
"""
