"""Do the same to many tasks at once.

In: the tasks ticked in a list, and what to do. Out: a result for each task, and one undo.
"""
