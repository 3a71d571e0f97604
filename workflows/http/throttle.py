"""Slows down who tries addresses of webhooks: after many misses an address has to wait."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.core.cache import cache

from workflows.http import counting

PAUSE = timedelta(minutes=1)
ALLOWED = 60
"""Misses (unknown tokens, wrong signatures) that one address may have within a pause."""


def are_too_many(address: str) -> bool:
    """Whether this address has to wait."""
    return bool(cache.get(_key(address), 0) >= ALLOWED)


def count(address: str) -> None:
    """Remember a miss; all are forgotten when the pause after the first is over."""
    counting.count(_key(address), PAUSE)


def _key(address: str) -> str:
    return f"webhook-misses:{hashlib.sha256(address.encode()).hexdigest()}"
