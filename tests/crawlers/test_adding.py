from __future__ import annotations

import pytest

from crawlers.adding import build_source
from indices.documents import SourceKind
from indices.errors import BadInputError


@pytest.mark.parametrize(
    ("address", "options", "connector", "name"),
    [
        ("https://t.me/kabarlembah", {}, "telegram", "t-me-kabarlembah"),
        ("https://t.me/s/kabarlembah", {}, "telegram", "t-me-s-kabarlembah"),
        ("https://bsky.app", {"search": "banjir"}, "bluesky", "bsky-app-banjir"),
        ("https://x.com", {"search": "banjir lang:id"}, "x", "x-com-banjir-lang-id"),
        ("https://www.youtube.com", {"channel": "@kabar"}, "youtube", "youtube-com-kabar"),
        ("https://sosial.example", {"search": "banjir"}, "mastodon", "sosial-example-banjir"),
        (
            "https://jetstream2.us-east.bsky.network",
            {"words": "banjir"},
            "jetstream",
            "jetstream2-us-east-bsky-network-banjir",
        ),
    ],
)
def test_an_address_on_a_platform_is_read_by_its_connector(
    address: str, options: dict[str, str], connector: str, name: str
) -> None:
    source = build_source(address, options, {})
    assert (source.connector, source.id, source.kind) == (connector, name, SourceKind.PLATFORM)


def test_a_feed_that_a_platform_offers_stays_a_feed() -> None:
    address = "https://www.youtube.com/feeds/videos.xml?channel_id=UCx"
    assert build_source(address, {}, {}).connector == "feed"


@pytest.mark.parametrize(
    ("address", "options", "said"),
    [
        ("https://t.me/+undangan", {}, "names no public channel; write https://t.me/CHANNEL"),
        ("https://x.com", {}, "luruskan sources add https://x.com -o search='banjir lang:id'"),
        ("https://x.com", {"search": "a", "token": "b"}, "has no option 'token'"),
        ("https://www.youtube.com", {"search": "a", "video": "b"}, "give one of -o search=..."),
        ("https://bsky.app", {"search": ""}, "option search is empty"),
    ],
)
def test_what_a_platform_needs_is_said_with_an_example(
    address: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(BadInputError) as error:
        build_source(address, options, {})
    assert said in str(error.value)
