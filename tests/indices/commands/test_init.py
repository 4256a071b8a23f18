"""`luruskan init`: private, complete, and harmless the second time."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from indices.commands.main import main
from indices.homes import create_home
from indices.settings import OfficeSettings, load_settings


def init(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "init", *arguments])


def test_a_new_home_is_private_and_has_keys_of_its_own(tmp_path: Path) -> None:
    homes = [tmp_path / "satu", tmp_path / "dua"]
    for home in homes:
        result = init(home, "--office", 'MC "Lembah" \\ é', "--region", "Lembah Sarang")
        assert result.exit_code == 0
        assert "embedded" in result.stdout
        assert home.stat().st_mode & 0o777 == 0o700
        assert (home / "luruskan.toml").stat().st_mode & 0o777 == 0o600
        assert (home / "index.sqlite").stat().st_mode & 0o777 == 0o600

    settings = [load_settings(home) for home in homes]
    assert settings[0].office.name == 'MC "Lembah" \\ é'
    assert settings[0].office.region == "Lembah Sarang"
    assert settings[0].office.timezone == "Asia/Makassar"
    keys = {
        key.get_secret_value()
        for found in settings
        for key in (found.crawl.pseudonym_key, found.desk.secret_key, found.desk.password_salt)
    }
    assert len(keys) == 6
    assert min(map(len, keys)) >= 40


def test_what_is_commented_out_can_be_switched_on(tmp_path: Path) -> None:
    init(tmp_path / "home")
    path = tmp_path / "home" / "luruskan.toml"
    lines = path.read_text().splitlines()
    switched = [line[2:] if line.startswith("# ") and " = " in line else line for line in lines]
    path.write_text("\n".join(line for line in switched if "elasticsearch" not in line))

    found = load_settings(tmp_path / "home")

    assert found.desk.public_url == "https://klarifikasi.example.go.id"
    assert found.model_copy(update={"desk": None}).retention.post_days == 730


def test_the_second_time_changes_nothing(tmp_path: Path) -> None:
    init(tmp_path, "--office", "Satu")
    before = (tmp_path / "luruskan.toml").read_bytes()

    result = init(tmp_path, "--office", "Dua")

    assert result.exit_code == 0
    assert "stay as they are" in result.stdout
    assert (tmp_path / "luruskan.toml").read_bytes() == before


@pytest.mark.parametrize(
    "written",
    [
        'index_prefix = "uji"\n',
        "\ufeff# awal\r\n[desk]  # meja\r\nport = 8099",
        '[crawl]\ndelay_seconds = 2.0\n[desk]\nsecret_key = "'
        + "k" * 40
        + '"\n\n[office]\nname = "MC"\n',
    ],
)
def test_settings_written_by_hand_get_the_keys_they_lack(tmp_path: Path, written: str) -> None:
    path = tmp_path / "luruskan.toml"
    path.write_text(written, encoding="utf-8")
    before = load_settings(tmp_path)

    result = init(tmp_path)

    assert result.exit_code == 0
    assert "added crawl.pseudonym_key" in result.stdout
    after = load_settings(tmp_path)
    assert len(after.crawl.pseudonym_key) >= 40
    assert len(after.desk.secret_key) == 40 or not before.desk.secret_key
    assert len(after.desk.password_salt) >= 40
    assert after.desk.port == before.desk.port
    assert after.office == before.office
    assert path.stat().st_mode & 0o777 == 0o600
    assert "stay as they are" in init(tmp_path).stdout


@pytest.mark.parametrize(
    "written", ["desk.port = 8099\n", 'desk = {port = 8099, secret_key = ""}\n']
)
def test_settings_in_another_form_are_left_and_the_missing_keys_named(
    tmp_path: Path, written: str
) -> None:
    path = tmp_path / "luruskan.toml"
    path.write_text(written)

    result = init(tmp_path)

    assert result.exit_code != 0
    assert "set [crawl] pseudonym_key, [desk] secret_key, [desk] password_salt" in result.stderr
    assert path.read_text() == written


def test_an_unknown_time_zone_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    result = init(tmp_path / "home", "--timezone", "WITA")

    assert result.exit_code == 2
    assert "--timezone" in result.stderr
    assert not (tmp_path / "home").exists()


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")

    result = init(tmp_path / "berkas" / "home")

    assert result.exit_code == 2
    assert "choose another --home" in result.stderr


@settings(deadline=None, max_examples=50)
@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_office_name_is_kept_as_typed(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / "luruskan.toml").unlink(missing_ok=True)

    create_home(home, OfficeSettings(name=name))

    values = tomllib.loads((home / "luruskan.toml").read_text(encoding="utf-8"))
    assert values["office"]["name"] == name
