"""A post of Facebook as its web page gets it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def read_facebook(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A share brings the words of the post that it shares."""
    sections = data["comet_sections"]
    story = sections["content"]["story"]
    shared = ((story.get("attached_story") or {}).get("message") or {}).get("text")
    text = (story.get("message") or {}).get("text") or ""
    actor = story["actors"][0]
    return {
        "id": story["post_id"],
        "url": story.get("wwwURL") or f"https://www.facebook.com/{story['post_id']}",
        "text": "\n".join(filter(None, (text, f"[dibagikan] {shared}" if shared else ""))),
        "author": actor.get("id") or actor.get("url") or actor["name"],
        "published_at": _created_at(sections),
        **_counts(data),
    }


def _created_at(sections: Mapping[str, Any]) -> Any:
    """It stands in the line below the author's name, as one of several scraps."""
    layout = (sections.get("context_layout") or {}).get("story") or {}
    for scrap in (layout.get("comet_sections") or {}).get("metadata") or []:
        created = (scrap.get("story") or {}).get("creation_time")
        if created:
            return created
    return ""


def _counts(data: Mapping[str, Any]) -> dict[str, Any]:
    feedback = _find(data, "comet_ufi_summary_and_actions_renderer", depth=6) or {}
    told = feedback.get("feedback") or {} if isinstance(feedback, Mapping) else {}
    return {
        "likes": (told.get("reaction_count") or {}).get("count"),
        "shares": (told.get("share_count") or {}).get("count"),
    }


def _find(value: Any, key: str, *, depth: int) -> Any:
    if not isinstance(value, Mapping) or not depth:
        return None
    if key in value:
        return value[key]
    return next(
        (hit for each in value.values() if (hit := _find(each, key, depth=depth - 1))), None
    )
