"""What other systems call, and what any door needs to know about a caller.

In: HTTP requests. Out: the engine's verbs, and refusals that slow down guessing.
"""
