"""A post of Instagram or Threads as their web pages get it: both are built alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def read_instagram(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of the present layout, or of the older one with its edges."""
    if "shortcode" in data:
        return _read_edges(data)
    return {
        **_read_media(data, f"https://www.instagram.com/p/{data['code']}/"),
        "replies": data.get("comment_count"),
        "views": data.get("play_count") or data.get("view_count"),
    }


def read_threads(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """A link without the account's name leads to the post too."""
    told = data.get("text_post_app_info") or {}
    return {
        **_read_media(data, f"https://www.threads.com/t/{data['code']}"),
        "replies": told.get("direct_reply_count"),
        "shares": told.get("repost_count"),
    }


def _read_media(data: Mapping[str, Any], url: str) -> dict[str, Any]:
    caption = data.get("caption") or {}
    return {
        "id": data["code"],
        "url": url,
        "text": _with_picture(caption.get("text"), data.get("accessibility_caption")),
        "author": data["user"]["username"],
        "published_at": data["taken_at"],
        "likes": data.get("like_count"),
    }


def _read_edges(data: Mapping[str, Any]) -> Mapping[str, Any]:
    captions = (data.get("edge_media_to_caption") or {}).get("edges") or []
    likes = data.get("edge_media_preview_like") or data.get("edge_liked_by") or {}
    comments = data.get("edge_media_to_parent_comment") or data.get("edge_media_to_comment") or {}
    text = "\n".join(edge["node"]["text"] for edge in captions)
    return {
        "id": data["shortcode"],
        "url": f"https://www.instagram.com/p/{data['shortcode']}/",
        "text": _with_picture(text, data.get("accessibility_caption")),
        "author": data["owner"].get("username") or data["owner"]["id"],
        "published_at": data["taken_at_timestamp"],
        "likes": likes.get("count"),
        "replies": comments.get("count"),
        "views": data.get("video_view_count"),
    }


def _with_picture(text: Any, picture: Any) -> str:
    words = str(text or "").strip()
    return f"{words}\n[gambar: {' '.join(str(picture).split())}]" if picture else words
