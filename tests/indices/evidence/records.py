"""WARC files as a crawl writes them."""

from __future__ import annotations

import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indices.evidence.reading import payload_digest


def write_evidence(path: Path, *bodies: bytes) -> list[str]:
    """One response for each body, its address ending in the body; what posts say of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    evidence = []
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "uji"}))
        for body in bodies:
            record = writer.create_warc_record(
                f"https://warga.example/{body.decode('ascii', 'replace')[:20]}",
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=StatusAndHeaders(
                    "200 OK", [("Content-Type", "text/html")], "HTTP/1.1"
                ),
                warc_headers_dict={
                    "WARC-Date": "2026-11-16T03:30:00Z",
                    "WARC-Payload-Digest": payload_digest(body),
                },
            )
            writer.write_record(record)
            record_id = record.rec_headers.get_header("WARC-Record-ID").strip("<>")
            evidence.append(f"{path.name}#{record_id}#{payload_digest(body)}")
    return evidence
