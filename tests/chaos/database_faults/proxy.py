"""A TCP proxy in front of a database server that can fall silent, as a broken network does."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from pathlib import Path
from typing import Final

TAKES: Final = 65536
"""Bytes that are forwarded at once at most."""


class Proxy:
    """Forwards to a server's unix socket, in a thread of its own, until it is closed.

    While it is silent it accepts connections and forwards nothing, in either direction: whoever
    waits for an answer waits, as nobody tells them that none will come.
    """

    def __init__(self, server: Path) -> None:
        self._server = str(server)
        self._entrance = socket.create_server(("127.0.0.1", 0))
        self._selector = selectors.DefaultSelector()
        self._partners: dict[socket.socket, socket.socket] = {}
        self._is_silent = False
        self._is_closed = False
        self._forgets = False
        # Orders come through a pair of sockets, so that only the proxy's thread touches the rest.
        self._orders, self._ear = socket.socketpair()
        self._thread = threading.Thread(target=self._run, daemon=True, name="proxy")
        self._thread.start()

    @property
    def port(self) -> int:
        """The port of this machine on which it listens."""
        return int(self._entrance.getsockname()[1])

    def fall_silent(self) -> None:
        """Forward nothing from now on."""
        self._is_silent = True
        self._order()

    def open(self, *, forgets: bool = False) -> None:
        """Forward again, also what has come meanwhile; or forget the connections of before."""
        self._forgets, self._is_silent = forgets, False
        self._order()

    def close(self) -> None:
        """End it and all connections."""
        self._is_closed = True
        self._order()
        self._thread.join()

    def _order(self) -> None:
        self._orders.send(b".")

    def _run(self) -> None:
        self._selector.register(self._entrance, selectors.EVENT_READ)
        self._selector.register(self._ear, selectors.EVENT_READ)
        while not self._is_closed:
            for key, _ in self._selector.select():
                self._serve(key.fileobj)
        for one in [*self._partners, self._entrance, self._ear, self._orders]:
            one.close()
        self._selector.close()

    def _serve(self, readable: object) -> None:
        if readable is self._ear:
            self._obey()
        elif readable is self._entrance:
            self._accept()
        elif isinstance(readable, socket.socket) and readable in self._partners:
            self._forward(readable)

    def _obey(self) -> None:
        self._ear.recv(TAKES)
        if self._forgets:
            for one in list(self._partners):
                self._hang_up(one)
            self._forgets = False
        for one in self._partners:
            self._watch(one, is_watched=not self._is_silent)

    def _watch(self, one: socket.socket, *, is_watched: bool) -> None:
        if is_watched and one not in self._selector.get_map():
            self._selector.register(one, selectors.EVENT_READ)
        elif not is_watched and one in self._selector.get_map():
            self._selector.unregister(one)

    def _accept(self) -> None:
        client, _ = self._entrance.accept()
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(self._server)
        except OSError:
            # The server is down: its host answers, and refuses.
            client.close()
            server.close()
            return
        self._partners |= {client: server, server: client}
        for one in (client, server):
            self._watch(one, is_watched=not self._is_silent)

    def _forward(self, one: socket.socket) -> None:
        try:
            taken = one.recv(TAKES)
            self._partners[one].sendall(taken)
        except OSError:
            taken = b""
        if not taken:
            self._hang_up(one)

    def _hang_up(self, one: socket.socket) -> None:
        other = self._partners.pop(one, None)
        if other is None:
            return
        del self._partners[other]
        for end in (one, other):
            self._watch(end, is_watched=False)
            with contextlib.suppress(OSError):
                end.close()
