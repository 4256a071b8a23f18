"""Password hashes that Flask-Security can check, made without a web application."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata

from argon2 import PasswordHasher

from indices.errors import SettingsError
from indices.settings import Settings

SHORTEST = 12


def hash_password(settings: Settings, password: str) -> str:
    """Argon2id over an HMAC with the installation's salt, as Flask-Security does it.

    Raises:
        SettingsError: the salt is not set.
    """
    salt = settings.desk.password_salt.get_secret_value()
    if not salt:
        raise SettingsError("desk.password_salt is not set: run `luruskan init`")
    plain = unicodedata.normalize("NFKD", password).encode()
    digest = hmac.new(salt.encode(), plain, hashlib.sha512).digest()
    return PasswordHasher().hash(base64.b64encode(digest))


def build_password() -> str:
    """A password of five groups that can be read out on the telephone."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(5))
