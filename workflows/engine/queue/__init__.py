"""Which execution a worker gets next, and how long it may keep it.

In: free slots of a worker. Out: leased executions, and places of steps that are limited.
"""
