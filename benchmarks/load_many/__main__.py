"""Sets Django up, whose models the program needs from its first line, and runs it."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benchmarks.load_many.program import main  # noqa: E402

if __name__ == "__main__":
    main()
