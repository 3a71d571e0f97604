"""What a worker does with one execution: enter, perform, leave, record.

In: work that was claimed. Out: its result, recorded in a transition.
"""
