"""The settings of the planted site, with short leases; some are named as sites may name them."""

from __future__ import annotations

from datetime import timedelta

from config.settings import *  # noqa: F403 - settings are a module of names
from config.settings import INSTALLED_APPS, Q_CLUSTER, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.upgrade"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
WORKFLOWS_LEASE = timedelta(seconds=4)
WORKFLOWS_GRACE = timedelta(seconds=2)
WORKFLOWS_MARGIN = timedelta(seconds=1)

# A site of before may name these in settings of its own: they must stay good.
Q_CLUSTER = {**Q_CLUSTER, "workers": 2, "broker_class": "workflows.broker.WakeBroker"}
AUTHENTICATION_BACKENDS = ["tasks_ui.auth.SettingsBackend"]
