"""Settings: read once, and every mistake is one line that names it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indices.errors import SettingsError
from indices.settings import home_dir, load_settings


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("LURUSKAN_")]:
        monkeypatch.delenv(name)


def written(home: Path, text: str) -> Path:
    (home / "luruskan.toml").write_text(text, encoding="utf-8")
    return home


def error_of(home: Path) -> str:
    with pytest.raises(SettingsError) as raised:
        load_settings(home)
    message = str(raised.value)
    assert "\n" not in message
    assert raised.value.exit_code == 2
    return message


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)

    assert settings.home == tmp_path
    assert settings.store_path == tmp_path / "index.sqlite"
    assert settings.desk.port == 8080


def test_the_file_is_read_and_a_variable_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = written(tmp_path, '[desk]\nport = 9000\nhost = "0.0.0.0"\n')
    monkeypatch.setenv("LURUSKAN_DESK__PORT", "9001")

    settings = load_settings(home)

    assert (settings.desk.host, settings.desk.port) == ("0.0.0.0", 9001)


def test_a_directory_in_place_of_the_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "luruskan.toml").mkdir()

    assert "cannot be read" in error_of(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_of_somebody_else_cannot_be_read(tmp_path: Path) -> None:
    (written(tmp_path, "") / "luruskan.toml").chmod(0)

    assert "check its owner" in error_of(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[desk\n", "is not valid TOML"),
        ("warna_meja = 1\n", "warna_meja: no such setting; remove it"),
        ("[offic]\n", "offic: no such setting; did you mean office?"),
        ("[desk]\nprot = 1\n", "desk.prot: no such setting; did you mean desk.port?"),
        ('[desk]\nport = "delapan"\n', "desk.port: must be a valid integer"),
        ("[desk]\nport = 70000\n", "desk.port: "),
        ('[office]\ntimezone = "WITA"\n', "office.timezone: "),
        ('index_prefix = "Huruf Besar"\n', "index_prefix: "),
        ('home = "/tmp"\n', "home cannot be set in the file"),
        ("desk = 3\n", "desk: "),
    ],
)
def test_a_wrong_file_is_named_with_the_key(tmp_path: Path, text: str, expected: str) -> None:
    message = error_of(written(tmp_path, text))

    assert message.startswith(str(tmp_path / "luruskan.toml"))
    assert expected in message


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "luruskan.toml").write_bytes(b"\xff\xfe")

    assert "is not UTF-8 text; save it as UTF-8" in error_of(tmp_path)


def test_a_file_as_windows_saves_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "luruskan.toml").write_bytes(b'\xef\xbb\xbf[office]\r\nname = "Uji"\r\n')

    assert load_settings(tmp_path).office.name == "Uji"


def test_a_file_without_an_end_is_no_settings_file(tmp_path: Path) -> None:
    (tmp_path / "luruskan.toml").symlink_to("/dev/zero")

    assert "is no settings file (over 1 MB); move it away" in error_of(tmp_path)


def test_an_unknown_variable_is_named_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LURUSKAN_DEKS__PORT", "1")

    assert error_of(tmp_path).startswith("LURUSKAN_DEKS__PORT: no such setting; did you mean")


def test_a_wrong_variable_is_named_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LURUSKAN_DESK__PORT", "delapan")

    assert error_of(tmp_path).startswith("LURUSKAN_DESK__PORT: desk.port: ")


def test_a_key_never_shows_in_print(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, '[desk]\nsecret_key = "sangat-rahasia"\n'))

    assert "sangat-rahasia" not in repr(settings)
    assert settings.desk.secret_key.get_secret_value() == "sangat-rahasia"


def test_the_home_is_as_given_else_from_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    assert home_dir("/data") == Path("/data")
    monkeypatch.setenv("LURUSKAN_HOME", "/lain")
    assert home_dir() == Path("/lain")
    assert home_dir("/data") == Path("/data")


def test_a_section_in_one_variable_is_told_how_to_write_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LURUSKAN_CRAWL", "cepat")
    message = error_of(tmp_path)
    assert "crawl" in message
    assert "LURUSKAN_SECTION__KEY" in message


def test_a_value_in_place_of_a_section_is_told_how_to_write_it(tmp_path: Path) -> None:
    assert "crawl: is a section; write [crawl]" in error_of(written(tmp_path, "crawl = 3\n"))


def test_a_wrong_time_zone_is_told_without_the_checker_s_own_words(tmp_path: Path) -> None:
    message = error_of(written(tmp_path, '[office]\ntimezone = "Asia/Makasar"\n'))
    assert "unknown time zone" in message
    assert "Value error" not in message
