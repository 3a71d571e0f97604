"""Registers the workflows of the release that the environment names."""

from __future__ import annotations

import os

from tests.mixed.forms import pairs
from workflows import register

for pair in pairs(os.environ["MIXED_SEED"]):
    register(pair.definition(os.environ["MIXED_RELEASE"]))
