"""Fifty people who decide one task at the same moment, over HTTP, again and again."""
