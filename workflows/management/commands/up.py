"""`manage.py up`: the whole site as one process tree, web server and worker."""

from __future__ import annotations

import http.client
import os
import socket
import sys
import time
from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DEFAULT_DB_ALIAS

from workflows.cluster.supervisor import Supervisor
from workflows.models import WorkflowInstance
from workflows.partly_migrated import problem_of

WEB: Final = (sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn")
WORKER: Final = (sys.executable, "manage.py", "qcluster")

ANSWERS_WITHIN: Final = 60.0
"""Seconds within which the page must answer."""


class Command(BaseCommand):
    """Prepares the database, starts both programs, and keeps them running until told to stop."""

    help = "Runs the web server and the worker until Ctrl-C; prepares the database first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what deployments that migrate by themselves need."""
        parser.add_argument(
            "--no-migrate", action="store_true", help="Leave the database's tables as they are."
        )

    def handle(self, *args: Any, no_migrate: bool = False, **options: Any) -> None:
        """Run until told to stop; a program that ends before the page has answered ends it all."""
        address = settings.HOST, settings.PORT
        refuse_used_port(*address)
        self._prepare(migrates=not no_migrate)
        os.environ.setdefault("WORKERS", "2")
        supervisor = Supervisor({"web server": WEB, "worker": WORKER}, settings.BASE_DIR)
        supervisor.start()
        try:
            self._announce(supervisor, *address)
            ended = supervisor.ended()
            if not ended:
                supervisor.keep(self._say)
        finally:
            supervisor.stop()
        for name, status in ended.items():
            raise CommandError(
                f"The {name} cannot be started (exit status {status}), so that everything was "
                "stopped. Its last lines above say why."
            )
        self._say("Stopped.")

    def _prepare(self, *, migrates: bool) -> None:
        if migrates:
            self._say("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)
        elif problem := problem_of(DEFAULT_DB_ALIAS):
            raise CommandError(problem)
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        if settings.DEBUG and settings.DEMO and is_empty():
            self._say("Loading the demo …")
            call_command("demo", stdout=self.stdout)

    def _announce(self, supervisor: Supervisor, host: str, port: int) -> None:
        """Say where the page is, once it is there."""
        until = time.monotonic() + ANSWERS_WITHIN
        supervisor.wait(lambda: answers(host, port) or time.monotonic() > until)
        if not supervisor.goes_on:
            return
        if time.monotonic() > until:
            raise CommandError(f"The web server does not answer within {ANSWERS_WITHIN:.0f} s.")
        self._say(f"Open {url(host, port)} (Ctrl-C stops)")

    def _say(self, line: str) -> None:
        """Write a line that is read at once, also through a pipe."""
        self.stdout.write(line)
        self.stdout.flush()


def is_empty() -> bool:
    """Tell whether nobody has used this database yet."""
    return not get_user_model().objects.exists() and not WorkflowInstance.objects.exists()


def refuse_used_port(host: str, port: int) -> None:
    """Raise CommandError where the web server could not listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} of {host} cannot be used ({error.strerror}). Stop what uses it, or "
                f"choose another one: PORT={port + 1}."
            ) from None


def answers(host: str, port: int) -> bool:
    """Tell whether the web server says anything at all."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def url(host: str, port: int) -> str:
    """Give the address to type into a browser on this machine."""
    name = _reachable(host)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _reachable(host: str) -> str:
    """Give an address at which a server on all of this machine's addresses is reached."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - read
