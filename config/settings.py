"""Every setting of the site; what differs between machines comes from the environment.

docs/reference/environment.md lists the variables that are read here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import addresses, env

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
BASE_DIR = Path(__file__).resolve().parent.parent

# The machine

DEBUG = env.flag("DEBUG", default=False)
HOST = env.text("HOST", default="127.0.0.1")
PORT = env.number("PORT", default=8000, at_least=1, at_most=65535)
DATA_DIR = env.folder("DATA_DIR", default=BASE_DIR / "var")
DEMO = env.flag("DEMO", default=DEBUG)
SECRET_KEY = env.secret("SECRET_KEY", kept_in=DATA_DIR / "secret-key" if DEBUG else None)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS", default=[])

# What the site is made of

INSTALLED_APPS = [
    "tasks_ui",
    "workflows",
    "workflows.examples",
    "django_q",
    "django_htmx",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.apps.StaticFiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tasks_ui.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tasks_ui.middleware.SignInRequired",
    "tasks_ui.middleware.Preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tasks_ui.site.unusable_schema.UnusableForms",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tasks_ui.context_processors.site",
            ],
        },
    },
]

# Data

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_URL = env.text("DATABASE_URL", default="")
DATABASES = {
    "default": addresses.database(DATABASE_URL, base=BASE_DIR)
    if DATABASE_URL
    else addresses.sqlite(DATA_DIR / "signoff.sqlite3")
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # django-q2 writes its statistics twice a second: they stay out of every other cache.
    "worker": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "worker"},
}

# The worker: notes on each figure are in docs/architecture.md

Q_CLUSTER = {
    "name": "signoff",
    "label": "Jobs",
    "broker_class": "workflows.cluster.broker.WakeBroker",
    "orm": "default",
    "workers": env.number("WORKERS", default=os.cpu_count() or 1, at_least=1, at_most=64),
    # A drain job leaves no row behind, and a failed job is over: the steps themselves are retried.
    "save_limit": -1,
    "ack_failures": True,
    "max_attempts": 5,
    # django-q2 hands a job out again after `retry` seconds, so that it must be above `timeout`.
    "timeout": 3600,
    "retry": 3700,
    "queue_limit": 1000,
    "bulk": 10,
    "guard_cycle": 1,
    "recycle": 500,
    "cache": "worker",
    "catch_up": False,
}

# People

AUTHENTICATION_BACKENDS = ["tasks_ui.auth.SettingsBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# Words and times

LANGUAGE_CODE = env.text("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True
WORKFLOWS_ZONE_OF = "tasks_ui.models.time_zone_of"

# Static files

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Files that people send: never served from there, only through the pages that ask who may.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static.HashedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# What people send

MEDIA_ROOT = DATA_DIR / "media"
ATTACHMENT_MAX_BYTES = env.number("ATTACHMENT_MAX_BYTES", default=10 * 1024**2, at_least=1)
ATTACHMENT_MAX_COUNT = env.number("ATTACHMENT_MAX_COUNT", default=50, at_least=1)
ATTACHMENT_TYPES = env.items("ATTACHMENT_TYPES", default=[])
FILE_UPLOAD_HANDLERS = [
    "tasks_ui.site.upload_handlers.Limits",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A form has up to 500 fields, with rows of them; the size of the whole is what limits it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * ATTACHMENT_MAX_COUNT

# Security

HTTPS = env.flag("HTTPS", default=not DEBUG)
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
# What other systems put before a path to call this site.
SITE_URL = env.text("SITE_URL", default="").rstrip("/")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.flag("HSTS_SUBDOMAINS", default=HTTPS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "tasks_ui.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Mail

MAILER = addresses.mailer(
    env.text("EMAIL_URL", default="console:" if DEBUG else "smtp://localhost")
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", default="signoff@localhost")
if django.VERSION >= (6, 1):
    MAILERS = {"default": MAILER}
else:
    globals().update(addresses.mailer_before_6_1(MAILER))

# Logs go to standard error. They name pages, steps and ids, and never what a form contained: the
# statements of django.db.backends hold the data, so they stay off even at LOG_LEVEL=DEBUG.

LOG_LEVEL = env.choice("LOG_LEVEL", LOG_LEVELS, default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.db.backends": {"level": "INFO"},
        "django.server": {"handlers": [], "propagate": True},
        "django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "workflows": {"level": LOG_LEVEL},
        "tasks_ui": {"level": LOG_LEVEL},
    },
}
