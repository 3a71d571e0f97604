"""What a site may set about its workers: WORKFLOWS_SLOTS, _LEASE, _GRACE, _MARGIN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Options:
    """How one worker process works."""

    slots: int = 10
    """Executions that it runs at the same time."""

    lease: timedelta = timedelta(seconds=30)
    """How long nobody else runs what it has claimed, unless it renews that; it does, in time."""

    grace: timedelta = timedelta(seconds=5)
    """How long it lets steps finish when it is told to stop; the others are given back."""

    margin: timedelta = timedelta(seconds=5)
    """How long code that was told to stop may go on before its whole process is ended."""

    turn: timedelta = timedelta(seconds=10)
    """How long one drain job claims work before other jobs of the worker may come in between."""

    @classmethod
    def of_site(cls) -> Options:
        """Read the settings; what is not set stays as above."""
        chosen = {
            name: getattr(settings, f"WORKFLOWS_{name.upper()}")
            for name in ("slots", "lease", "grace", "margin")
            if hasattr(settings, f"WORKFLOWS_{name.upper()}")
        }
        return cls(**chosen)
