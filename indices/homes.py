"""A new data directory: private, with settings that explain themselves and keys of its own."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from indices.errors import SettingsError
from indices.settings import FILE_NAME, OfficeSettings, Settings
from indices.settings_file import quoted, write_settings
from indices.whole_files import PRIVATE, finish, unfinished_file

KEYS = (("crawl", "pseudonym_key"), ("desk", "secret_key"), ("desk", "password_salt"))
"""Secrets that every installation has of its own: table and name."""

_TEMPLATE = """\
# Settings of this Luruskan installation. What is commented out shows the default.
# Every key can also be set by a variable, e.g. LURUSKAN_DESK__PORT=8081.
# Keep this file private: it holds keys.

# elasticsearch_url = "http://user:password@host:9200"   # leave out for the embedded index

[office]
name = {name}
region = {region}
timezone = {timezone}
contact = {contact}                # where a site owner can complain, e.g. an e-mail address

[crawl]
# Turns platform user names into pseudonyms. Another key makes other pseudonyms.
pseudonym_key = {pseudonym_key}
# delay_seconds = 1.0              # between two requests to one host
# max_items_per_source = 500       # in one run

[desk]
secret_key = {secret_key}
password_salt = {password_salt}
# host = "127.0.0.1"
# port = 8080
# public_url = "https://klarifikasi.example.go.id"
# sla_hours = 24                   # a flagged post that waits longer raises an alarm

[retention]
# post_days = 730                  # posts that belong to no case; 0 keeps them for ever
# evidence_days = 365
"""


def create_home(home: Path, office: OfficeSettings) -> bool:
    """Make the directory (0700) and its settings file (0600) with fresh keys.

    Returns:
        False when a settings file was there already; it is never changed.

    Raises:
        SettingsError: the directory cannot be made or written.
    """
    make_private(home)
    try:
        home.chmod(0o700)
        return _write_once(home / FILE_NAME, _settings_text(office))
    except OSError as error:
        raise SettingsError(
            f"{home}: cannot be made or written ({error.strerror}); choose another --home"
        ) from error


def add_missing_keys(home: Path, settings: Settings) -> tuple[str, ...]:
    """Give a settings file that somebody wrote by hand the keys it lacks; the rest stays.

    Returns:
        Names of the keys that were added.

    Raises:
        SettingsError: the file cannot be written, or is built so that lines cannot be put in.
    """
    missing = [(table, key) for table, key in KEYS if not getattr(getattr(settings, table), key)]
    if missing:
        write_settings(home, {place: secrets.token_urlsafe(32) for place in missing})
    return tuple(f"{table}.{key}" for table, key in missing)


def make_private(home: Path) -> None:
    """Make the data directory where it is missing, for its owner only: it holds personal data.

    Raises:
        SettingsError: it cannot be made.
    """
    try:
        if not home.is_dir():
            home.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            f"{home}: cannot be made ({error.strerror}); choose another --home"
        ) from error


def _settings_text(office: OfficeSettings) -> str:
    values = office.model_dump() | {key: secrets.token_urlsafe(32) for _, key in KEYS}
    return _TEMPLATE.format_map({key: quoted(value) for key, value in values.items()})


def _write_once(path: Path, text: str) -> bool:
    if path.exists():
        return False
    with unfinished_file(path, PRIVATE) as (partial, out):
        out.write(text.encode())
        finish(out)
        try:
            os.link(partial, path)  # fails, unlike a rename, where another process was faster
        except FileExistsError:
            return False
    return True
