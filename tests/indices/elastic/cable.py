"""A cable between store and server that a test can cut: a TCP proxy on loopback."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from urllib.parse import urlsplit


class Cable:
    """Listens on a free port and passes everything on, until it is cut."""

    def __init__(self, server_url: str) -> None:
        parts = urlsplit(server_url)
        self._target = (parts.hostname or "", parts.port or 9200)
        self._login = f"{parts.username}:{parts.password}@" if parts.username else ""
        self._lock = Lock()
        self._open: list[socket.socket] = []
        self._threads: list[Thread] = []
        self._listener: socket.socket | None = None
        self._port = 0
        self.mend()

    @property
    def url(self) -> str:
        return f"http://{self._login}127.0.0.1:{self._port}"

    def mend(self) -> None:
        """Pass traffic on (again)."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        self._start(self._accept, self._listener)

    def cut(self) -> None:
        """Drop every connection and refuse new ones; what was under way is lost."""
        if self._listener is not None:
            _shut(self._listener)
            self._listener = None
        with self._lock:
            for connection in self._open:
                _shut(connection)
            self._open = []
            threads, self._threads = self._threads, []
        for thread in threads:
            thread.join()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(self._target)
                with self._lock:
                    self._open += [near, far]
                self._start(self._pump, near, far)
                self._start(self._pump, far, near)

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while block := source.recv(65_536):
                target.sendall(block)
        _shut(source)
        _shut(target)

    def _start(self, work: Callable[..., None], *sockets: socket.socket) -> None:
        thread = Thread(target=work, args=sockets, daemon=True)
        with self._lock:
            self._threads.append(thread)
        thread.start()


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
