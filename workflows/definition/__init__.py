"""What a workflow is: steps, edges and conditions, checked and registered; plain Python.

In: what an author writes. Out: definitions and their graphs.
"""
