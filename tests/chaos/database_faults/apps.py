"""The app: has the processes of a site obey the switches of these faults."""

from __future__ import annotations

from django.apps import AppConfig

from tests.chaos.database_faults import switches


class DatabaseFaultsConfig(AppConfig):
    """No models, only obedience."""

    name = "tests.chaos.database_faults"
    label = "database_faults"

    def ready(self) -> None:
        """Look at the switches from now on, if there are any."""
        switches.obey()
