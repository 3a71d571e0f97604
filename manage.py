#!/usr/bin/env python
"""Django's command line for this site."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, connection

from config.env import WrongSetting


def main() -> None:
    """Run one command; what is wrong in the environment is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except WrongSetting as error:
        sys.exit(f"Error: {error}")
    except OperationalError as error:
        if connection.connection is not None:
            raise
        reason = " ".join(str(error).split())
        sys.exit(f"Error: the database of DATABASE_URL cannot be reached: {reason}")


if __name__ == "__main__":
    main()
