"""One task as its page shows it, and the forms of all that can be done with it.

In: a task and who asks. Out: what the templates of the page need.
"""
