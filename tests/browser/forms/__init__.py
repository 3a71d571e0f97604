"""What people do with forms in a browser, with and without scripts."""

from __future__ import annotations
