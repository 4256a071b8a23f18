"""Crawls in processes of their own: a reactor runs once in a process."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crawlers.adding import build_source
from indices.documents import CrawlRun, Post
from indices.embedded.store import EmbeddedStore
from indices.settings import CrawlSettings, Settings

KEY = "kunci-uji"


def settings_text(
    *allowed: str, platforms: Mapping[str, object] | None = None, **crawl: object
) -> str:
    """A settings file for a crawl on loopback."""
    values: dict[str, object] = {
        "delay_seconds": 0,
        "timeout_seconds": 5,
        "max_body_bytes": 300_000,
        "pseudonym_key": KEY,
        "allowed_private_hosts": list(allowed),
    } | crawl
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    keys = [f"{name} = {_toml(value)}" for name, value in (platforms or {}).items()]
    office = ["[office]", 'contact = "uji@lembah.example"']
    return "\n".join([*office, "[crawl]", *lines, "[platforms]", *keys])


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{k}" = {json.dumps(v)}' for k, v in value.items()) + " }"
    return json.dumps(value)


class CrawlHome:
    """A data directory, and the command run on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def set(
        self, *allowed: str, platforms: Mapping[str, object] | None = None, **crawl: object
    ) -> None:
        """Write the settings file."""
        text = settings_text(*allowed, platforms=platforms, **crawl)
        (self.path / "luruskan.toml").write_text(text)

    def add(self, name: str, url: str, kind: str = "", connector: str = "", **options: str) -> None:
        """Watch a source, as `luruskan sources add` does."""
        given = {"source_id": name, "kind": kind, "connector": connector}
        store = self.store()
        store.put_source(build_source(url, options, given))
        store.close()

    def posts(self) -> list[Post]:
        """Everything that was collected, oldest first."""
        store = self.store()
        posts = [record.post for record in store.iter_records()]
        store.close()
        return sorted(posts, key=lambda post: (str(post.published_at), post.url))

    def everything_written(self) -> bytes:
        """All that the data directory holds besides the settings, archives unpacked."""
        files = [path for path in self.path.rglob("*") if path.is_file()]
        return b"".join(
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            for path in files
            if path.name != "luruskan.toml"
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """The command, started and not waited for."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LURUSKAN_")}
        return subprocess.Popen(
            [sys.executable, "-m", "indices", "--home", str(self.path), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,
        )

    def run(self, *words: str, code: int | None = 0) -> str:
        """The command's standard output; its exit code is as expected."""
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        assert code is None or process.returncode == code, f"{process.returncode}\n{out}\n{err}"
        self.errors = err
        return out

    def crawl(
        self, *words: str, code: int | None = 0, everything: bool = True
    ) -> dict[str, CrawlRun]:
        """Crawl, due or not; how each source went, every item counted once."""
        due = ["--all"] if everything else []
        report = json.loads(self.run("crawl", "--json", *due, *words, code=code))
        runs = {run["source_id"]: run for run in report["runs"]}
        with_store = {}
        store = self.store()
        for run in store.iter_crawl_runs():
            if run.id in {each["id"] for each in runs.values()}:
                with_store[run.source_id] = run
                assert run.finished_at is not None
                assert run.found == sum(run.dispositions.values()), run
        store.close()
        return with_store

    def store(self) -> EmbeddedStore:
        """The index, opened."""
        return EmbeddedStore.open(self.path / "index.sqlite")

    def journal(self) -> list[dict[str, Any]]:
        """What the crawls' log says."""
        path = self.path / "logs" / "crawl.ndjson"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def fetch_all(
    urls: Sequence[str], *, allowed: Sequence[str] = (), names: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Fetch each address in a process of its own; its disposition, or `fetched`.

    Args:
        names: host names that resolve to addresses, whatever the real name service says: all at
            once where a comma parts them, one lookup after the other where a space does.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_fetch_all, args=(there, urls, tuple(allowed), names or {}))
    process.start()
    outcome: dict[str, str] = here.recv() if here.poll(90) else {}
    process.join(10)
    return outcome


def _fetch_all(
    pipe: Connection, urls: Sequence[str], allowed: tuple[str, ...], names: Mapping[str, str]
) -> None:
    from twisted.internet import asyncioreactor

    asyncioreactor.install()
    from twisted.internet import reactor
    from twisted.internet._resolver import GAIResolver

    from crawlers.fetching.errors import FetchError
    from crawlers.fetching.fetcher import Fetcher
    from crawlers.fetching.session import run_session

    reactor.installNameResolver(GAIResolver(reactor, getaddrinfo=_name_service(names)))
    settings = Settings(
        home=Path("/nonexistent"),
        crawl=CrawlSettings(delay_seconds=0, timeout_seconds=3, allowed_private_hosts=allowed),
    )
    outcome = {}

    async def work(fetcher: Fetcher) -> None:
        for url in urls:
            try:
                await fetcher.fetch(url)
                outcome[url] = "fetched"
            except FetchError as error:
                outcome[url] = str(error.disposition)

    run_session(settings, work)
    pipe.send(outcome)


def _name_service(names: Mapping[str, str]) -> Any:
    import socket

    left = {host: answers.split() for host, answers in names.items()}

    def lookup(host: str, *args: Any) -> Any:
        if host not in left:
            return socket.getaddrinfo(host, *args)
        answers = left[host]
        now = answers.pop(0) if len(answers) > 1 else answers[0]
        return [found for each in now.split(",") for found in socket.getaddrinfo(each, *args)]

    return lookup
