"""Evidence: each response that became a post, in a WARC file of its run, with digests and time."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.fetching.fetcher import Fetched
from indices.evidence.reading import payload_digest

_HOP_HEADERS = {"content-encoding", "transfer-encoding", "content-length", "connection"}


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of an imported file, as it stands there."""

    file_name: str
    number: int
    body: bytes
    media_type: str
    fetched_at: datetime

    @property
    def url(self) -> str:
        """Names file and row."""
        return f"file:///{quote(self.file_name)}#{self.number}"


Seen = Fetched | FileRow


class EvidenceFile:
    """One gzip-compressed WARC file a run, made when the first response is kept.

    A record is complete on disk before the post that names it is stored; a kill in between
    leaves a record that no post names, never the reverse.
    """

    def __init__(self, directory: Path, run_id: str, software: str) -> None:
        self.name = f"crawl-{run_id}.warc.gz"
        self._path = directory / self.name
        self._software = software
        self._stream: IO[bytes] | None = None
        self._writer: Any = None
        self._kept: dict[int, str] = {}

    def keep(self, fetched: Seen) -> str:
        """Write the response or row once, however many posts it holds.

        Returns:
            `FILE.warc.gz#RECORD-ID#DIGEST`, for `Post.evidence`: the digest kept apart from the
            file lets `luruskan evidence verify` tell a file that was changed throughout.
        """
        if id(fetched) not in self._kept:
            place = f"{self.name}#{self._write(fetched)}"
            self._kept[id(fetched)] = f"{place}#{payload_digest(fetched.body)}"
        return self._kept[id(fetched)]

    def flush(self) -> None:
        """Make sure that what was kept is in the file; responses may be let go after this."""
        self._kept.clear()
        if self._stream is not None:
            self._stream.flush()

    def close(self) -> None:
        """No more evidence in this run."""
        if self._stream is not None:
            with suppress(OSError):  # what a post names was flushed before; the rest may go
                self._stream.close()

    def _write(self, seen: Seen) -> str:
        writer = self._open()
        record = writer.create_warc_record(
            seen.url,
            "response" if isinstance(seen, Fetched) else "resource",
            payload=io.BytesIO(seen.body),
            length=len(seen.body),
            http_headers=_http_headers(seen) if isinstance(seen, Fetched) else None,
            warc_content_type="" if isinstance(seen, Fetched) else seen.media_type,
            warc_headers_dict={
                "WARC-Date": seen.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "WARC-Payload-Digest": payload_digest(seen.body),
            },
        )
        writer.write_record(record)
        identity: str = record.rec_headers.get_header("WARC-Record-ID")
        return identity.strip("<>")

    def _open(self) -> Any:
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("ab")
            self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
            information = {"software": self._software, "format": "WARC File Format 1.1"}
            self._writer.write_record(self._writer.create_warcinfo_record(self.name, information))
        return self._writer


def _http_headers(fetched: Fetched) -> StatusAndHeaders:
    head = [(k, v) for k, v in fetched.headers if k.lower() not in _HOP_HEADERS]
    head.append(("Content-Length", str(len(fetched.body))))
    return StatusAndHeaders(str(fetched.status), head, protocol="HTTP/1.1")
