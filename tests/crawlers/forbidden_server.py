"""A server inside the network that counts every connection, whatever is said on it."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType


class ForbiddenServer:
    """Listens on 127.0.0.1 and, where there is one, on ::1, on the same port."""

    def __enter__(self) -> ForbiddenServer:
        self.connections: list[str] = []
        first = socket.create_server(("127.0.0.1", 0))
        self.port: int = first.getsockname()[1]
        self._sockets = [first]
        with suppress(OSError):
            six = socket.create_server(("::1", self.port), family=socket.AF_INET6)
            self._sockets.append(six)
        for each in self._sockets:
            threading.Thread(target=self._serve, args=(each,), daemon=True).start()
        return self

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in self._sockets:
            each.close()

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            connection.settimeout(1)
            with connection, suppress(OSError):
                self.connections.append(connection.recv(200).decode("latin-1") or "(nothing said)")
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nrahasia")
