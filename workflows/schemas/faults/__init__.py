"""Broken rules as what a person is told, at the place that has to be mended.

In: what the evaluation has found broken, and what is known of the form. Out: faults.
"""
