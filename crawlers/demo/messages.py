"""Forwarded messages as the file that a tip line leaves in the data directory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from crawlers.demo.content.loading import Message
from indices.codec import json_line


def write_messages(path: Path, messages: Sequence[Message]) -> None:
    """One JSON object a line; written only when it differs, so that its time tells something."""
    lines = "".join(
        json_line(
            {
                "id": f"demo-{len(messages) - position:03}",
                "platform": "whatsapp",
                "text": message.text,
                "published_at": message.published_at.astimezone(UTC).isoformat(),
                "forwards": message.forwards,
            }
        )
        + "\n"
        for position, message in enumerate(messages)
    )
    if not path.exists() or path.read_text(encoding="utf-8") != lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines, encoding="utf-8")
