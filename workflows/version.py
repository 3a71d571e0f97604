"""The version of Signoff, which the changelog, the tag and the running site all name."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
