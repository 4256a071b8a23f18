"""A video or a comment of TikTok as its web page gets it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def read_tiktok(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Caption and what stands in the picture; or a comment."""
    if "cid" in data:
        return _read_comment(data)
    author, stats = data["author"], data.get("statsV2") or data.get("stats") or {}
    stickers = [
        text
        for sticker in data.get("stickersOnItem") or []
        for text in sticker.get("stickerText") or []
    ]
    return {
        "id": data["id"],
        "url": f"https://www.tiktok.com/embed/v2/{data['id']}",
        "text": "\n".join([_caption(data), *(f"[teks di video] {text}" for text in stickers)]),
        "author": author["uniqueId"] if isinstance(author, Mapping) else author,
        "published_at": data["createTime"],
        "language": data.get("textLanguage", ""),
        "section": "iklan" if data.get("isAd") else "",
        "likes": stats.get("diggCount"),
        "shares": stats.get("shareCount"),
        "replies": stats.get("commentCount"),
        "views": stats.get("playCount"),
    }


def _caption(data: Mapping[str, Any]) -> str:
    """Mentions show a display name; the account's name makes the same pseudonym as elsewhere."""
    units = str(data["desc"]).encode("utf-16-le")
    extras = [each for each in data.get("textExtra") or [] if each.get("userUniqueId")]
    for extra in sorted(extras, key=lambda each: -int(each["start"])):
        start, end = 2 * int(extra["start"]), 2 * int(extra["end"])
        units = units[:start] + f"@{extra['userUniqueId']} ".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", "replace").strip()


def _read_comment(data: Mapping[str, Any]) -> Mapping[str, Any]:
    user = data["user"]
    return {
        "id": data["cid"],
        "url": f"https://www.tiktok.com/embed/v2/{data['aweme_id']}",
        "text": data["text"],
        "author": user.get("unique_id") or user["uid"],
        "published_at": data["create_time"],
        "section": "komentar",
        "likes": data.get("digg_count"),
        "replies": data.get("reply_comment_total"),
    }
