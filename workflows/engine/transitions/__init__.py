"""One transaction on one instance: lock it, change its board, write what has changed.

In: what has happened. Out: rows, events and incidents, all or none.
"""
