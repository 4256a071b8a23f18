"""Names of people on platforms become pseudonyms that only this installation can make."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection

_ISOLATE = "\u2066\u2067\u2068\u2069"
_MENTION = re.compile(
    r"(?<![\w.@/])@(?:\u2068(?P<isolated>[^\u2069\n]{1,80})\u2069"
    r"|(?P<handle>\w(?:[\w.-]{0,60}\w)?(?:@[\w-]+(?:\.[\w-]+)+)?))"
)
_PLATFORM = (
    r"(?:x|twitter|instagram|tiktok|facebook|fb|youtube|bsky)\.(?:com|app)"
    r"|threads\.(?:net|com)|t\.me"
)
_PROFILE = re.compile(
    rf"(?P<front>\b(?:https?://)?(?:www\.|m\.|mobile\.)?(?:(?:{_PLATFORM})/(?:profile/)?@?"
    r"|[\w.-]{1,80}\.[a-z]{2,12}/@))(?P<handle>[A-Za-z0-9_][\w.-]{1,60})(?=[/?#\s,;:!)\]\"']|\.?$|\.\s)",
    re.IGNORECASE | re.MULTILINE,
)
_NO_PROFILE = frozenset(
    "i p reel reels tv explore hashtag search watch shorts share story stories groups photo posts"
    " permalink.php photo.php story.php profile.php playlist channel results home intent s c"
    " joinchat embed player status statuses video videos tag tags login about".split()
)
_FORWARDED = re.compile(
    r"^(?P<front>\W{0,3}(?:forwarded from|diteruskan dari)\s*:?\s+)(?P<name>\S.{0,80}?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def pseudonym(account: str, key: str) -> str:
    """`warga-` and eight digits, always the same for the same account; empty without a key.

    Args:
        account: what names the account on its platform, e.g. its address; with or without `@`.
        key: `settings.crawl.pseudonym_key`.
    """
    name = account.strip().lstrip("@").lower()
    if not key or not name:
        return ""
    digest = hmac.new(key.encode(), name.encode("utf-8", "replace"), hashlib.sha256)
    return f"warga-{digest.hexdigest()[:8]}"


def without_names(text: str, key: str, public_accounts: Collection[str] = ()) -> str:
    """The text with mentions, profile links and `Forwarded from` lines pseudonymised.

    Args:
        public_accounts: lower-case names, without `@`, of institutions that stay readable.
    """

    def name_of(account: str) -> str:
        known = account.lower() in public_accounts or account.startswith("warga-")
        return account if known else pseudonym(account, key) or "[akun]"

    def of_mention(found: re.Match[str]) -> str:
        return "@" + name_of(found["handle"] or found["isolated"].strip())

    def of_profile(found: re.Match[str]) -> str:
        spared = found["handle"].lower() in _NO_PROFILE
        return found[0] if spared else found["front"] + name_of(found["handle"])

    def of_forward(found: re.Match[str]) -> str:
        return found["front"] + name_of(found["name"].strip(_ISOLATE))

    text = _FORWARDED.sub(of_forward, text)
    return _MENTION.sub(of_mention, _PROFILE.sub(of_profile, text))
