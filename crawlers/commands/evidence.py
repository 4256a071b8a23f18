"""`luruskan evidence`: what was kept of a post, and whether it is still what was seen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indices.errors import BadInputError
from indices.runtime import Runtime

if TYPE_CHECKING:
    from indices.documents import Post

_LONGEST_TEXT = 4_000
_LONGEST_SENTENCE = 400
_FAULTS = {
    "not_kept": "no evidence of it, or of what came after, was kept",
    "lost": "the evidence of it, or of what came after, is gone",
    "unreadable": "its evidence, or that of what came after, holds no article",
}


@click.group()
def evidence() -> None:
    """See, check and hand out what was kept of a post.

    \b
    Examples:
      luruskan evidence show POST
      luruskan evidence verify POST
      luruskan evidence export POST --to bukti/
    """


@evidence.command()
@click.argument("post_id", metavar="POST")
@click.option("--unmasked", is_flag=True, help="With names and numbers as they were seen.")
@click.pass_obj
def show(runtime: Runtime, post_id: str, unmasked: bool) -> None:
    """Say what was kept, when, how it answered, print its text, and what changed in it since.

    \b
    Example:
      luruskan evidence show 3f2a9c0d1e4b5a6978c0d1e2
    """
    from crawlers.kept_text import read_kept_text
    from indices.evidence.places import parse_place
    from indices.evidence.reading import EvidenceLostError, read_evidence

    post = _get_post(runtime, post_id)
    place = parse_place(post.evidence) if post.evidence else None
    if place is None:
        raise BadInputError(f"post {post_id}: no evidence was kept of it")
    try:
        record = read_evidence(runtime.settings.evidence_dir, place)
    except EvidenceLostError as error:
        raise BadInputError(f"post {post_id}: {error}") from error
    key = runtime.settings.crawl.pseudonym_key.get_secret_value()
    text = read_kept_text(record, post, key, masked=not unmasked)
    lines = {
        "post": f"{post.id} ({post.platform}, {post.source_id})",
        "kept in": f"{place.file_name} {record.record_id}",
        "address": record.url if unmasked or post.platform == "web" else "(shown by --unmasked)",
        "seen at": f"{record.seen_at:%Y-%m-%d %H:%M:%S UTC}" if record.seen_at else "?",
        "status": record.status or "a row of a file",
        "type": record.content_type,
        "sha256": record.sha256,
        "bytes": f"{len(record.payload):,}",
    }
    for name, value in lines.items():
        click.echo(f"{name:<8} {value}")
    click.echo(f"\n{text[:_LONGEST_TEXT]}")
    _show_changes(runtime, post, unmasked=unmasked)


@evidence.command()
@click.argument("post_ids", metavar="[POST]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Of every post.")
@click.pass_obj
def verify(runtime: Runtime, post_ids: tuple[str, ...], everything: bool) -> None:
    """Compute digests again, and tell what is whole, changed or lost.

    Exit code: 0 when all that was asked for is whole (or never had evidence), else 1.

    \b
    Examples:
      luruskan evidence verify 3f2a9c0d1e4b5a6978c0d1e2
      luruskan evidence verify --all
    """
    from collections import Counter

    from indices.evidence.verifying import Soundness, iter_verdicts

    if not post_ids and not everything:
        raise BadInputError("name a post, or say --all")
    directory, counts = runtime.settings.evidence_dir, Counter[str]()
    with runtime.store() as store:
        posts = (
            (record.post for record in store.iter_records())
            if everything
            else [_found(store.find_record(each), each) for each in post_ids]
        )
        kept = ((post.id, post.evidence) for post in posts)
        for post_id, verdict in iter_verdicts(directory, kept):
            counts[verdict.soundness] += 1
            unsound = verdict.soundness in {Soundness.CHANGED, Soundness.LOST}
            if unsound or not everything:
                click.echo(f"{post_id}\t{verdict.soundness}\t{verdict.detail}")
    if everything:
        click.echo(", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none")
    raise SystemExit(1 if counts[Soundness.CHANGED] + counts[Soundness.LOST] else 0)


@evidence.command()
@click.argument("post_id", metavar="POST")
@click.option("--to", "target", default=".", help="Directory for the two files. [default: here]")
@click.pass_obj
def export(runtime: Runtime, post_id: str, target: str) -> None:
    """Write POST.warc.gz and POST.manifest.json: all that somebody else needs to check it.

    The WARC holds the response as it was seen, names and numbers too: hand it out with care.

    \b
    Example:
      luruskan evidence export 3f2a9c0d1e4b5a6978c0d1e2 --to bukti/
    """
    from indices.evidence.exporting import export_evidence

    post = _get_post(runtime, post_id)
    if not post.evidence:
        raise BadInputError(f"post {post_id}: no evidence was kept of it")
    directory = runtime.settings.evidence_dir
    for path in export_evidence(directory, post, Path(target).expanduser(), datetime.now(UTC)):
        click.echo(str(path))


def _show_changes(runtime: Runtime, post: Post, *, unmasked: bool) -> None:
    """Earlier wordings, newest first, each with the sentences that went and came."""
    from indices.evidence.wordings import find_changes
    from indices.personal_data.masking import mask

    if not post.versions:
        return
    with runtime.store() as store:
        source = store.find_source(post.source_id)
    shown = str if unmasked else mask
    for change in find_changes(runtime.settings, post, source.options if source else {}):
        version = change.version
        said = f"{version.characters:,} characters: {shown(version.title)}"
        click.echo(f"\nuntil {version.replaced_at:%Y-%m-%d %H:%M UTC}, {said}")
        if change.fault:
            click.echo(f"  {_FAULTS[change.fault]}")
        elif not change.is_certain:
            click.echo("  (its page reads differently now: what follows is not certain)")
        for mark, sentences in (("-", change.removed), ("+", change.added)):
            for sentence in sentences:
                click.echo(f"  {mark} {shown(sentence)[:_LONGEST_SENTENCE]}")


def _get_post(runtime: Runtime, post_id: str) -> Post:
    with runtime.store() as store:
        return _found(store.find_record(post_id), post_id)


def _found(record: object, post_id: str) -> Post:
    from indices.documents import PostRecord

    if not isinstance(record, PostRecord):
        raise BadInputError(f"no post {post_id!r}; its id is the last part of its page's address")
    return record.post
