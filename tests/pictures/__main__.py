"""`python -m tests.pictures --into var/screenshots`: every page in every look, side by side."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests import machine


def main() -> int:
    """Take them; the exit status is 1 where a page scrolls sideways, or something on it is cut."""
    given = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="signoff-pictures-"))
    os.environ[machine.FOLDER] = str(folder)
    os.environ["TEST_DATABASE"] = "sqlite"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.pictures.settings"
    # The scenes are made in the thread in which Playwright keeps an event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        return _take(given.into, given.only, given.looks.split(","))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take(into: Path, only: str, looks: list[str]) -> int:
    import django

    django.setup()
    # The faults that belong to the pictures, and those who leave while an answer is on its way.
    logging.disable(logging.ERROR)
    from django.core.management import call_command

    from tests.pictures import album, pages, serving, taking, world

    call_command("migrate", verbosity=0, interactive=False)
    _say("Making the demo …")
    scenery = world.make()
    wanted = [shot for shot in pages.SHOTS if only in shot.name]
    with serving.site() as url:
        taken = taking.take(wanted, looks, scenery, url, into, _say)
    place = album.write(taken, into)
    faults = [f"{one.name}, {one.look}: {fault}" for one in taken for fault in one.faults]
    _say("\n".join(faults))
    _say(f"{len(taken)} pictures, {len(faults)} faults. Open {place}")
    return int(bool(faults))


def _say(line: str) -> None:
    if line:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    from tests.pictures.looks import LOOKS, USUAL

    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("--into", type=Path, default=Path("var/screenshots"), help="a folder")
    parser.add_argument("--only", default="", help="a part of the names of the pages")
    parser.add_argument("--looks", default=",".join(USUAL), help=f"of {', '.join(LOOKS)}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
