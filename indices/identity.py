"""When two things are the same: canonical addresses, post ids and text hashes."""

from __future__ import annotations

import hashlib
import unicodedata

from indices.addresses import canonical_url

__all__ = ["canonical_url", "post_id", "text_hash"]


def post_id(platform: str, reference: str) -> str:
    """24 hexadecimal digits that name a post.

    Args:
        reference: for `web`, the URL of the article; else the platform's own id of the post
            together with what makes it unique (instance, channel), or the text of a message.
    """
    key = canonical_url(reference) or reference if platform == "web" else reference
    return hashlib.sha256(f"{platform}\n{key}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def text_hash(title: str, text: str) -> str:
    """16 hexadecimal digits that change when words, marks or case do, but not with spacing."""
    joined = " ".join(f"{title}\n{text}".split())
    return hashlib.sha256(
        unicodedata.normalize("NFC", joined).encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]


def model_family(model: str) -> str:
    """The trained model that an office's refit (`NAME+REFIT`) belongs to."""
    return model.partition("+")[0]
