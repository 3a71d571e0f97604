"""The old name of `workflows.cluster.broker`, for settings of sites, until 0.2."""

from __future__ import annotations

from workflows.cluster.broker import *  # noqa: F403
