"""The pages of a person's own account: signing in, the password, and settings.

In: a request. Out: a page, or a redirect.
"""
