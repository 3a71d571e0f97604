"""Run django-q2's cluster: its broker, and what keeps its processes alive.

In: the site's settings, and wake-ups. Out: calls of `workflows.jobs` in worker processes.
"""
