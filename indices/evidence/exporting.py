"""The evidence of one post as two files that stand alone: a WARC and a manifest to read."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from io import BytesIO
from pathlib import Path

from warcio.warcwriter import WARCWriter

from indices.documents import Post
from indices.errors import BadInputError, LuruskanError
from indices.evidence.places import parse_place
from indices.evidence.reading import EvidenceLostError, EvidenceRecord, read_evidence
from indices.evidence.verifying import verify


def export_evidence(directory: Path, post: Post, target: Path, now: datetime) -> tuple[Path, Path]:
    """Write `POST.warc.gz` and `POST.manifest.json` into the target directory.

    Raises:
        BadInputError: the post has no evidence, or it is lost.
        LuruskanError: the files cannot be written.
    """
    verdict = verify(directory, post.evidence)
    try:
        record = read_evidence(directory, parse_place(post.evidence))
    except EvidenceLostError as error:
        raise BadInputError(f"post {post.id}: {error}") from error
    warc = _warc(f"{post.id}.warc.gz", record)
    manifest = {
        "post": post.id,
        "source": post.source_id,
        "platform": post.platform,
        "url": record.url,
        "seen_at": record.seen_at.isoformat() if record.seen_at else "",
        "http_status": record.status,
        "content_type": record.content_type,
        "payload_bytes": len(record.payload),
        "payload_sha256": record.sha256,
        "soundness": verdict.soundness,
        "soundness_detail": verdict.detail,
        "file": f"{post.id}.warc.gz",
        "file_sha256": hashlib.sha256(warc).hexdigest(),
        "exported_at": now.isoformat(),
        "how_to_check": f"sha256sum {post.id}.warc.gz; warcio check -v {post.id}.warc.gz",
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    paths = target / f"{post.id}.warc.gz", target / f"{post.id}.manifest.json"
    try:
        target.mkdir(parents=True, exist_ok=True)
        for path, content in zip(paths, (warc, text.encode()), strict=True):
            path.write_bytes(content)
    except OSError as error:
        raise LuruskanError(f"{target}: {error.strerror}; choose another place") from error
    return paths


def _warc(name: str, record: EvidenceRecord) -> bytes:
    """A head that says what it is, then the record byte for byte as it was kept."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {"software": "Luruskan", "description": "evidence of one post, exported"}
    writer.write_record(writer.create_warcinfo_record(name, about))
    return out.getvalue() + record.warc
