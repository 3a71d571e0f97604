"""What files a site takes."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """What a site takes: ATTACHMENT_MAX_BYTES, ATTACHMENT_MAX_COUNT, ATTACHMENT_TYPES."""

    max_bytes: int = 10 * 1024**2
    """The largest file."""

    max_count: int = 50
    """Files that may come with one form, those that were replaced included."""

    types: tuple[str, ...] = ()
    """Media types like `image/*`, or endings of names like `.pdf`; empty for all."""

    @classmethod
    def of_site(cls) -> FileLimits:
        """Read the settings; what is not set stays as above."""
        chosen = {
            name: getattr(settings, f"ATTACHMENT_{name.upper()}")
            for name in ("max_bytes", "max_count", "types")
            if hasattr(settings, f"ATTACHMENT_{name.upper()}")
        }
        return cls(**{**chosen, "types": tuple(chosen.get("types", ()))})
