"""What an author's code is given and what it can answer.

In: a claimed execution. Out: a context to run with, and a result that can be recorded.
"""
