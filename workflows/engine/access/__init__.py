"""Who may see a task or an instance, and who may do what with it.

In: people, groups, tasks. Out: answers with their reasons, and the rows that lists read.
"""
