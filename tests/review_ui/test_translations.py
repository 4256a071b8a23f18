"""The English catalogue says everything that the Indonesian interface says."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import review_ui
from tests.review_ui.browsing import Visitor
from tests.review_ui.newsroom import Newsroom

ROOT = Path(review_ui.__file__).parent
CATALOGUE = ROOT / "translations/en/LC_MESSAGES/messages.po"


def iter_messages() -> Iterator[str]:
    templates = ("templates/**", "summaries/templates/**")
    methods = [("**.py", "python"), *((pattern, "jinja2") for pattern in templates)]
    keywords = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
    for found in extract_from_dir(ROOT, methods, keywords=keywords):
        message = found[2]
        yield message[0] if isinstance(message, tuple) else message


def test_every_message_has_an_english_text_with_the_same_blanks() -> None:
    with CATALOGUE.open("rb") as stream:
        catalogue = read_po(stream, locale="en")
    missing = []
    for message in sorted(set(iter_messages())):
        entry = catalogue.get(message)
        strings = entry.string if entry else ""
        texts = strings if isinstance(strings, tuple) else (strings,)
        if not all(texts):
            missing.append(message)
            continue
        blanks = set(re.findall(r"%\(\w+\)s", message))
        assert all(set(re.findall(r"%\(\w+\)s", text)) == blanks for text in texts), message
    assert missing == []


@pytest.fixture
def compiled() -> None:
    """What `make install` does."""
    with CATALOGUE.open("rb") as source, CATALOGUE.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source, locale="en"))


def test_a_reader_switches_language_and_theme(
    newsroom: Newsroom, compiled: None, as_role: Callable[[str], Visitor]
) -> None:
    visitor = as_role("penelaah")
    assert "Belum diputuskan" in visitor.get("/antrean")
    answer = visitor.post("/tampilan", {"language": "en", "next": "/antrean"})
    assert answer.headers["Location"] == "/antrean"
    page = visitor.get("/antrean")
    assert "Undecided" in page
    assert '<html lang="en"' in page
    visitor.post("/tampilan", {"theme": "dark"})
    assert 'data-bs-theme="dark"' in visitor.get("/antrean")
    assert visitor.post("/tampilan", {"language": "xx"}).status_code == 400
