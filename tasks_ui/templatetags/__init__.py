"""Words of the templates.

In: values of a page's context. Out: text and markup for it.
"""
