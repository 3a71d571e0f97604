"""The verbs on tasks, what opens a task and what closes it.

In: a task, who acts and what they say. Out: the task as it is then.
"""
