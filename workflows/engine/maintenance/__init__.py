"""What is done again and again, for no instance in particular.

In: the clock. Out: due work done in this process, leftovers deleted, faults mended.
"""
