"""Columns are proposed from their names, saved under a name, and told in plain words when wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.connectors.columns import Columns
from crawlers.connectors.file import read_row, recognise_source
from crawlers.imports.mapping import Mappings, propose, read_columns
from indices.documents import SourceKind
from indices.errors import BadInputError
from tests.crawlers.imports.reading import NOW, read_ends, read_posts, settings_of, source_of


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["No", "Tanggal", "Isi", "Link", "Akun"],
         {"published_at": "Tanggal", "text": "Isi", "url": "Link", "author": "Akun"}),
        (["Tanggal Aduan", "Isi Pesan", "Nama", "Kecamatan"],
         {"published_at": "Tanggal Aduan", "text": "Isi Pesan", "author": "Nama",
          "region": "Kecamatan"}),
        (["Post ID", "Post Text", "Created At", "Like Count"],
         {"id": "Post ID", "text": "Post Text", "published_at": "Created At",
          "likes": "Like Count"}),
        (["Nama Program", "Anggaran"], {}),
    ],
)  # fmt: skip
def test_columns_are_proposed_in_indonesian_and_english(
    header: list[str], expected: dict[str, str]
) -> None:
    assert propose(header) == expected


def test_a_saved_mapping_is_used_by_name_and_again(tmp_path: Path) -> None:
    saved = Mappings(tmp_path)
    saved.save("aduan", {"text": 'Uraian, "lengkap"', "published_at": "Kapan"})
    assert saved.names() == ["aduan"]
    path = tmp_path / "aduan.csv"
    path.write_text('Kapan;"Uraian, ""lengkap""";Isi\n26/11/2026 10.30;Sumur keruh;bukan\n')
    (post,) = read_posts(path, mapping="aduan")
    assert (post.text, post.published_raw) == ("Sumur keruh", "26/11/2026 10.30")
    assert saved.remove("aduan")
    assert not saved.remove("aduan")
    with pytest.raises(BadInputError, match="no mapping 'aduan'; there are: none yet"):
        read_ends(path, mapping="aduan")


@pytest.mark.parametrize("name", ["", "Aduan", "../aduan", "a b", "x" * 61])
def test_a_name_that_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInputError, match="lower-case words joined by hyphens"):
        Mappings(tmp_path).save(name, {"text": "Isi"})


@pytest.mark.parametrize("option", ["isi=text", "text", "text=,url=x"])
def test_a_mapping_of_fields_that_posts_do_not_have_is_refused(option: str) -> None:
    with pytest.raises(BadInputError, match="must be FIELD=COLUMN; fields are: id, url"):
        read_columns(option)


@pytest.mark.parametrize("kind", list(SourceKind))
def test_a_byline_stays_and_who_complains_does_not(tmp_path: Path, kind: SourceKind) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text("Isi,Nama\nSumur keruh sejak pagi,Budi Lembah\n")
    source, settings = source_of(path, kind), settings_of(path)
    file = recognise_source(source, settings)
    (row,) = file.open_rows()
    post, _, _ = read_row(Columns(source, settings, file), row, NOW)
    assert post is not None
    of_an_outlet = kind in {SourceKind.PRESS, SourceKind.GOVERNMENT, SourceKind.FACT_CHECKER}
    assert (post.author == "Budi Lembah") == of_an_outlet
