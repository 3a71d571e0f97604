"""The site's settings for pictures: those of the tests, with addresses at which something fails."""

from __future__ import annotations

from tests.settings import *  # noqa: F403 - settings are a module of names
from tests.settings import DATABASES

# No test makes this database: it is the site's own, in the folder of this run.
DATABASES["default"].pop("TEST", None)
ROOT_URLCONF = "tests.pictures.urls"
