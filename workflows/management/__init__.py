"""The commands of `manage.py` for workflows.

In: a command line. Out: verbs, programs that are started, and lines for a terminal.
"""
