"""The site that a person sees: inbox, tasks, requests.

In: requests of people. Out: pages, and verbs of the engine.
"""
