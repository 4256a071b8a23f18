"""`luruskan copies`: find posts with the same text, or show those of one post."""

from __future__ import annotations

import click

from indices.codec import json_line
from indices.copies.explaining import Copies, find_other_copies
from indices.errors import BadInputError
from indices.runtime import Runtime


@click.command()
@click.argument("post_id", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@click.pass_obj
def copies(runtime: Runtime, post_id: str | None, as_json: bool) -> None:
    """Compare the posts that are new or changed, or show the copies of POST_ID.

    `luruskan daily` compares too; run it by hand after an import.

    \b
    Examples:
      luruskan copies
      luruskan copies 3f2a9c0d1e4b5a6978877665
    """
    from indices.copies.jobs import copies as copies_job

    with runtime.job_context() as context:
        if post_id is None:
            report = copies_job(context)
            figures = ", ".join(f"{name} {count}" for name, count in report.counts.items())
            click.echo(json_line(dict(report.counts)) if as_json else figures)
            return
        record = context.store.find_record(post_id)
        if record is None:
            raise BadInputError(f"no post {post_id!r}; take an id from `luruskan export`")
        found = find_other_copies(context.store, record.post)
    click.echo(json_line(_as_json(found)) if as_json else _as_text(found))


def _as_json(found: Copies) -> dict[str, object]:
    shown = [
        {"id": each.post.id, "source_id": each.post.source_id, "percent": each.percent}
        for each in found.shown
    ]
    return {"total": found.total, "explanation": found.explanation, "shown": shown}


def _as_text(found: Copies) -> str:
    if not found.total:
        return "0 salinan"
    lines = [f"{found.total} salinan; {found.explanation}"]
    lines += [f"{c.percent:3d} %  {c.post.id}  {c.post.source_id}" for c in found.shown]
    return "\n".join(lines)
