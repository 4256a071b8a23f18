from __future__ import annotations

from collections import Counter

import pytest

from crawlers.catalogue.toml import SHIPPED, read_entries, read_shipped, write_entries
from indices.documents import SourceKind
from indices.errors import BadInputError

ENTRY = b'[[source]]\nid = "uji"\nname = "Uji"\nkind = "press"\nconnector = "feed"\n'
WHOLE = ENTRY + b'url = "https://uji.example/rss"\n'


def test_the_shipped_catalogue_covers_every_kind_and_claims_no_verification() -> None:
    sources = read_shipped()
    kinds = Counter(source.kind for source in sources)
    assert len(sources) >= 80
    assert kinds[SourceKind.PRESS] >= 50
    assert kinds[SourceKind.GOVERNMENT] >= 25
    assert kinds[SourceKind.FACT_CHECKER] >= 8
    assert sum("Kalimantan Timur" in source.region for source in sources) >= 20
    assert not any(source.verified_on for source in sources), "nobody could visit them from here"
    assert len({source.id for source in sources}) == len(sources)
    assert len({source.url for source in sources}) == len(sources)
    assert len(SHIPPED) == 5


def test_sources_go_out_as_toml_and_come_back_the_same() -> None:
    sources = read_shipped()
    assert read_entries(write_entries(sources).encode(), "uji") == sources


def test_numbers_and_truths_may_be_written_as_toml_has_them() -> None:
    options = b"[source.options]\nmin_characters = 200\narticles = false\n"
    source = read_entries(WHOLE + options, "uji")[0]
    assert source.options == {"min_characters": "200", "articles": "no"}


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        (b"source = 3", "must hold [[source]] entries"),
        (b"[[source]\n", "is not valid TOML"),
        (b"\xff\xfe", "is not valid TOML"),
        (ENTRY, "entry 1: Source.url"),
        (WHOLE + b'feed = "x"\n', "entry 1: has no key 'feed'"),
        (WHOLE + b"[source.options]\nhastag = 'x'\n", "has no option 'hastag'"),
        (WHOLE.replace(b"https", b"ftp"), "is no http(s) address"),
        (WHOLE.replace(b'"uji"', b'"Uji Coba"'), "lower-case words"),
        (WHOLE.replace(b'"press"', b'"pers"'), "entry 1: Source.kind"),
        (WHOLE + WHOLE, "the id 'uji' stands there twice"),
        (b"a = " + b"[" * 5000, "is not valid TOML"),
    ],
)
def test_a_wrong_catalogue_is_refused_whole_and_names_its_entry(content: bytes, mend: str) -> None:
    with pytest.raises(BadInputError) as refused:
        read_entries(content, "daftar.toml")
    assert str(refused.value).startswith("daftar.toml")
    assert mend in str(refused.value)
