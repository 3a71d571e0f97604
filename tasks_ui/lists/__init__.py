"""The lists of tasks: which one, narrowed how, on which page.

In: the address of a page. Out: what `engine.lists` is asked for, and rows for templates.
"""
