"""The app of the planted site: its workflows."""

from __future__ import annotations

import os

from django.apps import AppConfig

from tests.upgrade.contracts import ALL, LOST
from workflows import register

WITHOUT_LOST = "UPGRADE_WITHOUT_LOST"


class UpgradeConfig(AppConfig):
    """Registers the workflows."""

    name = "tests.upgrade"
    label = "upgrade"

    def ready(self) -> None:
        """Make them known, but the lost one where this process is not to have its code."""
        for definition in ALL if WITHOUT_LOST in os.environ else (*ALL, LOST):
            register(definition)
