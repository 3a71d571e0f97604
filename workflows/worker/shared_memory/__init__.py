"""What the processes of one cluster tell each other without a lock or a statement.

In: moments and tickets that one process writes. Out: the same, read by the others.
"""
