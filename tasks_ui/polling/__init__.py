"""Answer what an open page asks by itself: whether its list, its task or its counts have changed.

In: a signed question from the page. Out: nothing (204), or a bar that says what has changed.
"""
