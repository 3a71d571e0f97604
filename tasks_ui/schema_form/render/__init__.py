"""The top room, which views use: a form to show, to read, and to show again with its errors.

In: a tree. Out: what templates show, and typed JSON.
"""
