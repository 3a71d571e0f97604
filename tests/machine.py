"""What a test run takes from this machine: one folder and one database server.

Whoever comes first (pytest itself, or the controller of its workers) makes them and takes them
away; every process started from there finds them in its environment.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from tests import postgres
from tests.folders import make_folder

FOLDER: Final = "SIGNOFF_TEST_FOLDER"
SERVER: Final = "SIGNOFF_TEST_SERVER"
ENOUGH_SPACE: Final = 512 * 1024 * 1024


def environment() -> dict[str, str]:
    """Give the variables under which config.settings describes the site under test."""
    folder = run_folder()
    return {
        "DEBUG": "0",
        "HTTPS": "0",
        "HOST": "127.0.0.1",
        "PORT": "8000",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url(folder),
        "SECRET_KEY": "only-the-tests-know-this-text-and-it-protects-nothing-else",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "WORKERS": "2",
        **dict.fromkeys(("ATTACHMENT_MAX_BYTES", "ATTACHMENT_MAX_COUNT", "ATTACHMENT_TYPES"), ""),
        **dict.fromkeys(
            ("BEHIND_PROXY", "CSRF_TRUSTED_ORIGINS", "DEMO", "EMAIL_FROM", "EMAIL_URL"), ""
        ),
        **dict.fromkeys(
            ("HSTS_SECONDS", "HSTS_SUBDOMAINS", "LANGUAGE_CODE", "LOG_LEVEL", "TIME_ZONE"), ""
        ),
    }


def run_folder() -> Path:
    """Give the folder of this run, which its owner deletes at the end."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = str(make_folder("signoff-test-", _quickest_place()))
    return Path(os.environ[FOLDER])


def database_url(folder: Path) -> str:
    """Give the address of the database that TEST_DATABASE asks for, started if need be."""
    match os.environ.get("TEST_DATABASE", "sqlite"):
        case "sqlite":
            return f"sqlite:///{folder}/site.sqlite3"
        case "postgres":
            if SERVER not in os.environ:
                os.environ[SERVER] = postgres.start()
            return os.environ[SERVER]
        case other:
            raise RuntimeError(f"TEST_DATABASE must be sqlite or postgres, not {other!r}.")


def _quickest_place() -> Path:
    memory = Path("/dev/shm")  # noqa: S108 - only looked at; mkdtemp makes a private folder in it
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    # Containers often have 64 MB there, which a database could fill.
    roomy = usable and shutil.disk_usage(memory).free > ENOUGH_SPACE
    return memory if roomy else Path(tempfile.gettempdir())
