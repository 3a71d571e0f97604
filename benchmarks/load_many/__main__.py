"""Sets Django up, whose models the program needs from its first line, and runs it."""

from __future__ import annotations

import os
import sys

import django

from config.env import WrongSetting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    django.setup()
except WrongSetting as error:
    sys.exit(f"Error: {error}")

from benchmarks.load_many.program import main

if __name__ == "__main__":
    main()
