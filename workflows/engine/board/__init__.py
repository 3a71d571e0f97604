"""The rules of the game: what follows when a step ends; no database.

In: a graph, the tokens on it, and what has happened. Out: the same board after the move.
"""
