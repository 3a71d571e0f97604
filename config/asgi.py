"""The site as a ASGI application."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from config.starting import prepare

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_asgi_application()
prepare()
