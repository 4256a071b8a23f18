"""The list of places: from the ministry's, added to by the office, and read with care."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indices.commands.main import main
from indices.documents import PostRecord
from indices.errors import BadInputError
from indices.places.installing import install_file, install_official
from indices.places.table import FILE_NAME, load_gazetteer, read_places
from tests.factories import a_post
from tests.stores import embedded_store


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def luruskan(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *arguments])


def test_the_official_list_is_fine_at_home_and_coarse_elsewhere(tmp_path: Path) -> None:
    install_official(tmp_path, ["6402"])
    places = {place.code: place for place in load_gazetteer(tmp_path)}
    assert {place.kind for code, place in places.items() if len(code) > 5} == {
        "kecamatan",
        "kelurahan",
        "desa",
    }
    assert all(code.startswith("64.02") for code in places if len(code) > 5)
    assert sum(len(code) == 2 for code in places) == 38
    assert places["64.02"].title == "Kabupaten Kutai Kartanegara"
    assert places["31.74"].name == "Jakarta Selatan"
    assert "Jateng" in places["33"].aliases
    assert next(p.elsewhere for p in places.values() if p.name == "Kampung Baru") > 50


def test_what_the_office_added_outlives_a_new_official_list(tmp_path: Path) -> None:
    install_official(tmp_path, ["64.02"])
    rows = (
        "code,name,kind,parent,aliases\n64.02,Kutai Kartanegara,kabupaten,64,Kukar;Tenggarong Raya"
    )
    rows += "\n64.02.06.9001,Loa Rekaan,desa,64.02.06,\n"
    install_file(tmp_path, written(tmp_path / "kami.csv", rows))
    install_official(tmp_path, ["64.02"])
    gazetteer = load_gazetteer(tmp_path)
    assert gazetteer["64.02"].aliases == ("Kukar", "Tenggarong Raya")
    assert gazetteer["64.02.06.9001"].name == "Loa Rekaan"
    install_official(tmp_path, ["64.72"])
    assert load_gazetteer(tmp_path).find("64.02.06.9001") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "has no column 'code'"),
        ("code,name,kind\n64,Hulu,benua\n", "line 2: kind 'benua' must be one of provinsi"),
        ("code,name,kind\n64,,desa\n", "line 2: the name is empty"),
        ("code,name,kind\n../x,Hulu,desa\n", "must be letters, digits and dots"),
        ("code,name,kind\n64,A,provinsi\n64,B,provinsi\n", "line 3: the code '64' stands there"),
        ("code,name,kind,parent\n64.02,A,kabupaten,65\n", "lies in '65', which no row names"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_taken(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInputError) as raised:
        install_file(tmp_path, written(tmp_path / "x.csv", text))
    assert said in str(raised.value)
    assert not (tmp_path / FILE_NAME).exists()


def test_a_spreadsheets_semicolons_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", "\ufeffCode;Name;Kind;Aliases\n64;Hulu;Provinsi;Ulu|Udik\n")
    (place,) = read_places(path)
    assert (place.name, place.aliases) == ("Hulu", ("Ulu", "Udik"))


def test_the_commands_install_show_explain_and_read_stored_posts_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert luruskan(home, "init").exit_code == 0
    refused = luruskan(home, "places", "check", "di Samarinda")
    assert (refused.exit_code, "luruskan places import" in refused.stderr) == (2, True)
    assert "Own region: Kabupaten Kutai" in luruskan(home, "places", "import", "64.02").stdout
    assert luruskan(home, "places", "import", "99.99").exit_code == 2
    assert "64.02.13\tKecamatan Samboja" in luruskan(home, "places", "list", "samboja").stdout
    said = luruskan(home, "places", "check", "Banjir di Kec. Loa Janan").stdout
    assert "64.02.03\tKecamatan Loa Janan\tkecamatan\tdisebut “Kec. Loa Janan”" in said
    store = embedded_store(home)
    posts = [a_post(url=f"https://kabar.example/{n}", text=f"di Samarinda {n}") for n in (1, 2)]
    store.put_records([PostRecord(post=post) for post in posts])
    store.close()
    assert "2 posts" in luruskan(home, "places", "apply").stdout
    assert "0 posts" in luruskan(home, "places", "apply").stdout
    store = embedded_store(home)
    tags = [tag.code for record in store.iter_records() for tag in record.post.places]
    store.close()
    assert tags == ["64.72", "64.72"]
