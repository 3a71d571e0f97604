"""Template tags of the engine's admin pages.

In: nothing but the database. Out: what the admin's first page says of the workers.
"""
