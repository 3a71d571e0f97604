"""What guards the whole site, whatever page is asked for.

In: requests. Out: refusals: too many attempts, too large an upload, a schema nobody can use.
"""
