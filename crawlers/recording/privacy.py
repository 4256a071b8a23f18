"""What every post goes through before it is written: names taken out, personal data marked."""

from __future__ import annotations

from dataclasses import replace

from crawlers.pseudonyms import without_names
from indices.documents import Post, SourceKind
from indices.identity import text_hash
from indices.personal_data import kinds_in
from indices.settings import CrawlSettings

_PEOPLE = {SourceKind.PLATFORM, SourceKind.COMMUNITY, SourceKind.TIPLINE}


class Privacy:
    """One place for all connectors and imports, so that none can forget it."""

    def __init__(self, settings: CrawlSettings) -> None:
        self._key = settings.pseudonym_key.get_secret_value()
        self._public = frozenset(each.lstrip("@").lower() for each in settings.public_accounts)

    def protect(self, post: Post) -> Post:
        """Names of accounts only where people write: the press may name whom it quotes."""
        if post.platform != "web" or post.source_kind in _PEOPLE:
            title = without_names(post.title, self._key, self._public)
            text = without_names(post.text, self._key, self._public)
            if (title, text) != (post.title, post.text):
                post = replace(post, title=title, text=text, text_hash=text_hash(title, text))
        return replace(post, personal_data=kinds_in(post.title, post.text))
