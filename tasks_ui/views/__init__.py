"""One module per page or action.

In: a request. Out: a page, a fragment of one, or a redirect.
"""
