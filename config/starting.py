"""What a web process does once, before it answers anybody."""

from __future__ import annotations


def prepare() -> None:
    """Bring stored workflow versions up to this release; never keeps the site from starting."""
    # Models can be imported once Django has been set up.
    from workflows.engine.definitions.refresh import refresh_at_start

    refresh_at_start()
