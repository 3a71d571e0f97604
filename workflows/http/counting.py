"""Counts in the cache that forget themselves when a pause is over."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache


def count(key: str, pause: timedelta) -> None:
    """Add one to the count under `key`, which ends `pause` after its first."""
    seconds = pause.total_seconds()
    if cache.add(key, 1, seconds):
        return
    try:
        cache.incr(key)
    except ValueError:
        # It ended between the two calls: this is the first of the next count.
        cache.set(key, 1, seconds)
