"""The examples as a Django app, so that their workflows are found like everybody else's."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamplesConfig(AppConfig):
    """The examples."""

    name = "workflows.examples"
    label = "examples"
    verbose_name = _("Example workflows")
