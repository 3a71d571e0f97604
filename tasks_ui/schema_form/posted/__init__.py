"""The lowest room: what was posted, by the names of fields.

In: a QueryDict. Out: texts, files and pressed buttons by JSON Pointer.
"""
