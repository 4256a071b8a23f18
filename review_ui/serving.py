"""The desk behind waitress, on the first port that is free."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable

from sqlalchemy import func, select

from indices.errors import LuruskanError
from indices.settings import Settings
from indices.store import Store
from review_ui.desk.database import desk_session
from review_ui.desk.models import User

_PORTS_TO_TRY = 20


def serve_desk(
    settings: Settings,
    store: Store,
    *,
    address: tuple[str, int],
    threads: int = 8,
    say: Callable[[str], object] = print,
) -> None:
    """Serve until interrupted; says where, and what to do when nobody can sign in yet."""
    from waitress import create_server

    from review_ui.application import create_app

    app = create_app(settings, store)
    listener = bind_free_port(*address)
    host, port = listener.getsockname()[:2]
    if not _count_users(settings):
        say("Nobody can sign in yet: luruskan users add you@office.example --role admin")
    server = create_server(
        app,
        sockets=[listener],
        threads=threads,
        ident="luruskan",
        clear_untrusted_proxy_headers=not settings.desk.trusted_proxies,  # the app reads them
    )
    shown = f"[{host}]" if ":" in host else host
    say(f"Luruskan is at http://{shown}:{port}/ (Ctrl+C ends it)")
    try:
        server.run()
    finally:
        server.close()


def bind_free_port(host: str, port: int) -> socket.socket:
    """A bound socket on this port or one of the next.

    Raises:
        LuruskanError: none of them is free, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + _PORTS_TO_TRY, 65536)) if port else (0,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise LuruskanError(f"{host}: cannot listen there; use --host 127.0.0.1") from error
            continue
        return listener
    raise LuruskanError(f"ports {port} to {port + _PORTS_TO_TRY - 1} are taken; name one by --port")


def _count_users(settings: Settings) -> int:
    with desk_session(settings) as session:
        return session.scalar(select(func.count()).select_from(User)) or 0
