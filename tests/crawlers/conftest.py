"""The invented web and a data directory for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.crawlers.running import CrawlHome
from tests.crawlers.web import InventedWeb


@pytest.fixture
def web() -> Iterator[InventedWeb]:
    """A web server of its own for each test."""
    server = HTTPServer(host="127.0.0.1", port=0, threaded=True)
    server.start()
    yield InventedWeb(server)
    server.clear()
    server.stop()


@pytest.fixture
def forbidden() -> Iterator[InventedWeb]:
    """A server inside the network that no crawl may reach."""
    server = HTTPServer(host="127.0.0.1", port=0, threaded=True)
    server.start()
    yield InventedWeb(server)
    server.clear()
    server.stop()


@pytest.fixture
def home(tmp_path: Path, web: InventedWeb) -> CrawlHome:
    """A data directory whose settings allow the invented web."""
    made = CrawlHome(tmp_path / "home")
    made.set(web.host)
    return made
