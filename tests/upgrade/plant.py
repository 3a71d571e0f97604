"""Makes a site in the middle of its work: `python -m tests.upgrade.plant --database … --into …`.

It is to be run on the commit that the site is to come from. Everything is made by the verbs of the
engine, by the pages, and by a worker that is killed at its work; then the database is written down,
with the files that people have sent and with what their browsers have open.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests import machine

SETTINGS = "tests.upgrade.site"
FAR = timedelta(days=36_500)


def main() -> None:
    """Make it."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.upgrade.plant")
    parser.add_argument("--database", choices=("sqlite", "postgres"), required=True)
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    os.environ["TEST_DATABASE"] = asked.database
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(machine.environment())
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE=SETTINGS)
        if asked.database == "sqlite":
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/site.sqlite3"
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], check=True)
        _plant(asked.database, asked.into, Path(folder))


def _plant(database: str, into: Path, folder: Path) -> None:
    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    from django.conf import settings
    from django.contrib.sessions.models import Session

    from tests.upgrade import kinds, rows, tabs, work
    from tests.upgrade.dumps import write_dump

    site = rows.Site()
    rows.plant_people(site)
    rows.plant_machines(site)
    rows.plant_calls(site)
    rows.plant_approvals(site)
    seen = tabs.use(site)
    work.stop_in_the_middle(site, folder)
    rows.plant_last(site)
    work.queue_jobs(site)
    tabs.ask_last(site, seen)
    # Two weeks after signing in a session ends, and the tests are run in any year.
    Session.objects.update(expire_date=datetime.now(UTC) + FAR)
    kinds.assert_all_are_there()
    tabs.assert_all_is_signed(seen)
    write_dump(into / f"{database}.sql.gz")
    notes: dict[str, Any] = {
        "made_at": datetime.now(UTC).isoformat(),
        "secret_key": settings.SECRET_KEY,
        "files": dict(_files(Path(settings.MEDIA_ROOT))),
        **tabs.recorded(site, seen),
    }
    text = json.dumps(notes, indent=1, ensure_ascii=False, sort_keys=True)
    (into / f"{database}.json").write_text(f"{text}\n", encoding="utf-8")


def _files(root: Path) -> list[tuple[str, str]]:
    """Give what people have sent, which is kept beside the database."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return [
        (str(path.relative_to(root)), base64.b64encode(path.read_bytes()).decode())
        for path in files
    ]


if __name__ == "__main__":
    main()
