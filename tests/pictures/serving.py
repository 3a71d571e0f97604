"""Serves the site in a thread, as long as pictures are taken."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class Quiet(WSGIRequestHandler):
    """Answers without a line for every file."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - Python's own name
        """Say nothing."""


@contextmanager
def site() -> Iterator[str]:
    """Give the address of the site."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
