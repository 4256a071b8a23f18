"""Names of people on platforms become pseudonyms that only this installation can make."""

from __future__ import annotations

import hashlib
import hmac


def pseudonym(account: str, key: str) -> str:
    """`warga-` and eight digits, always the same for the same account; empty without a key.

    Args:
        account: what names the account on its platform, e.g. its address.
        key: `settings.crawl.pseudonym_key`.
    """
    if not key or not account.strip():
        return ""
    digest = hmac.new(key.encode(), account.strip().lower().encode(), hashlib.sha256)
    return f"warga-{digest.hexdigest()[:8]}"
