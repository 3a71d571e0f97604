"""Walks every collected form and says what the site makes of it: `python -m tests.cases`.

A check is a module with `NAME` and `run(cases) -> Result`, listed in `__main__`.
"""
