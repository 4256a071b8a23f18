"""What an installation is told: one TOML file and `LURUSKAN_*` variables, read once at the edge."""

from __future__ import annotations

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableVariableError

from indices.errors import SettingsError

FILE_NAME = "luruskan.toml"
_LARGEST_FILE_BYTES = 1_000_000
_NOT_SETTINGS = {"LURUSKAN_HOME", "LURUSKAN_CACHE", "LURUSKAN_TEST_DATA"}


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OfficeSettings(_Section):
    """Who runs this installation; appears on public pages and in the crawler's user agent."""

    name: str = "Media Center"
    region: str = ""
    timezone: str = "Asia/Makassar"
    contact: str = ""
    """E-mail or web address that a site owner can complain to."""

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"unknown time zone {value!r}; try Asia/Jakarta") from error
        return value


class CrawlSettings(_Section):
    """Bounds of politeness and safety for everything that is fetched."""

    delay_seconds: float = Field(1.0, ge=0, le=60)
    timeout_seconds: float = Field(20.0, gt=0, le=300)
    max_body_bytes: int = Field(5_000_000, ge=10_000, le=100_000_000)
    max_redirects: int = Field(5, ge=0, le=20)
    max_items_per_source: int = Field(500, ge=1, le=1_000_000)
    concurrent_requests: int = Field(16, ge=1, le=256)
    min_poll_minutes: int = Field(15, ge=0, le=1440)
    """A source is read no more often, however much it publishes."""
    max_poll_minutes: int = Field(720, ge=15, le=1440)
    """A source is read at least this often, however little it publishes."""
    pause_after_failures: int = Field(10, ge=1, le=1000)
    """Hard failures in a row (softer ones count less) after which a source is paused."""
    allowed_private_hosts: tuple[str, ...] = ()
    """`host` or `host:port` inside the network that may be fetched (tests, intranet)."""
    pseudonym_key: SecretStr = SecretStr("")
    """Made by `luruskan init`; without it platform authors are dropped."""
    public_accounts: tuple[str, ...] = ()
    """Names of institutions' accounts that stay readable where a post mentions them."""


class PlatformSettings(_Section):
    """Keys to platforms that answer only those who have one, and what these may be asked.

    Where a key is sent is a setting too, never an option of a source: whoever may add a source
    must not be able to have the office's keys sent to a server of their own.
    """

    mastodon_tokens: dict[str, SecretStr] = {}
    """By the host (and port) of the server that gave it; sent to that server alone."""
    bluesky_service: str = "https://bsky.social"
    bluesky_handle: str = ""
    bluesky_app_password: SecretStr = SecretStr("")
    """Made at Bluesky under Settings, App passwords; never the account's own password."""
    youtube_api: str = "https://www.googleapis.com/youtube/v3"
    youtube_key: SecretStr = SecretStr("")
    youtube_daily_searches: int = Field(100, ge=0, le=1_000_000)
    """Google counts searches apart from all other questions; its day ends at midnight Pacific."""
    youtube_daily_units: int = Field(10_000, ge=0, le=100_000_000)
    x_api: str = "https://api.x.com/2"
    x_bearer_token: SecretStr = SecretStr("")
    x_rupiah_per_post: float = Field(100, gt=0, le=1_000_000)
    """What reading one post costs by the office's contract, rounded up."""
    x_monthly_rupiah: int = Field(0, ge=0, le=10_000_000_000)
    """X is not asked for more than this buys in a calendar month of UTC; 0: not at all."""

    @field_validator("bluesky_service", "youtube_api", "x_api")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError(f"{value!r} is no http(s) address")
        return value.rstrip("/")


class ClassifierSettings(_Section):
    """Which encoder and model read the posts."""

    encoder: str = "bundled"
    """`bundled`, or a SentenceTransformer directory or hub name."""
    model: str = "shipped"
    """`shipped`, or the directory of a model that `luruskan train` wrote."""
    batch_size: int = Field(16, ge=1, le=1024)
    background_weight: float = Field(30.0, gt=0, le=1000)
    """How many posts of training each presumed ordinary post of the office counts as."""
    review_weight: float = Field(40.0, gt=0, le=1000)
    """The same for a post that a person at the desk judged."""
    threshold: float | None = Field(None, gt=0, lt=1)
    """Probability from which a post is flagged; None for the model's own."""
    learn_from_posts: int = Field(500, ge=0)
    """`luruskan daily` learns once a day from so many posts on; 0 never learns by itself."""


class RelevanceSettings(_Section):
    """What a post of a source with the option `relevance` is kept for, beside the own places."""

    keywords: tuple[str, ...] = ()
    """Words or phrases: names of the office's people, programmes and firms."""


class PrioritySettings(_Section):
    """How much each part of a post's priority counts: exponents of a product, 0 leaves it out."""

    harm: float = Field(1.0, ge=0, le=5)
    reach: float = Field(1.0, ge=0, le=5)
    speed: float = Field(1.0, ge=0, le=5)
    locality: float = Field(1.0, ge=0, le=5)
    probability: float = Field(1.0, ge=0, le=5)


class DeskSettings(_Section):
    """The web desk and the public site."""

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    """The next free port is taken when this one is not."""
    public_url: str = ""
    """Where the public reaches the site, for links in summaries and feeds."""
    trusted_proxies: int = Field(0, ge=0, le=10)
    """Reverse proxies in front of the desk, whose `X-Forwarded-For` and `-Proto` are believed."""
    database_url: str = ""
    """SQLAlchemy URL of the editorial database; empty for `desk.sqlite` in the data directory."""
    secret_key: SecretStr = SecretStr("")
    """Made by `luruskan init`."""
    password_salt: SecretStr = SecretStr("")
    """Made by `luruskan init`."""
    sla_hours: int = Field(24, ge=1, le=720)
    sample_per_day: int = Field(5, ge=0, le=200)
    """Unflagged posts drawn by chance each day, so that it is known what the machine misses."""


class RetentionSettings(_Section):
    """How long each class of data stays, in days; 0 keeps it for ever."""

    post_days: int = Field(730, ge=0)
    """Of every class that is not set apart below."""
    press_days: int | None = Field(None, ge=0)
    platform_days: int | None = Field(None, ge=0)
    community_days: int | None = Field(None, ge=0)
    """Chats and lists that communities or offices gave."""
    tip_days: int | None = Field(None, ge=0)
    evidence_days: int = Field(365, ge=0)


class Settings(BaseSettings):
    """Everything an installation is told, frozen."""

    model_config = SettingsConfigDict(
        env_prefix="LURUSKAN_", env_nested_delimiter="__", frozen=True, extra="forbid"
    )

    home: Path
    """The data directory."""
    elasticsearch_url: str = ""
    """Empty for the embedded store; `http://user:password@host:9200` for a server."""
    index_prefix: str = Field("luruskan", pattern=r"^[a-z][a-z0-9-]*$")
    """First word of every Elasticsearch index name."""
    office: OfficeSettings = OfficeSettings()
    crawl: CrawlSettings = CrawlSettings()
    platforms: PlatformSettings = PlatformSettings()
    classifier: ClassifierSettings = ClassifierSettings()
    priority: PrioritySettings = PrioritySettings()
    relevance: RelevanceSettings = RelevanceSettings()
    desk: DeskSettings = DeskSettings()
    retention: RetentionSettings = RetentionSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Variables win over the file, which comes in as init values."""
        return env_settings, init_settings

    @property
    def store_path(self) -> Path:
        """The embedded store's one file."""
        return self.home / "index.sqlite"

    @property
    def evidence_dir(self) -> Path:
        """Where WARC files are kept."""
        return self.home / "evidence"


def home_dir(given: str | None = None) -> Path:
    """The data directory: as given, else `LURUSKAN_HOME`, else `~/.local/share/luruskan`."""
    chosen = given or os.environ.get("LURUSKAN_HOME")
    return Path(chosen).expanduser() if chosen else Path.home() / ".local/share/luruskan"


def cache_dir() -> Path:
    """What can be made again: `LURUSKAN_CACHE`, else `~/.cache/luruskan`."""
    chosen = os.environ.get("LURUSKAN_CACHE")
    return Path(chosen).expanduser() if chosen else Path.home() / ".cache/luruskan"


def load_settings(home: Path) -> Settings:
    """Read `luruskan.toml` in the data directory, where there is one, and the environment.

    Raises:
        SettingsError: naming the file or variable, the key, and what was expected.
    """
    path = home / FILE_NAME
    values = _read_file(path)
    if "home" in values:
        raise SettingsError(f"{path}: home cannot be set in the file; use --home or LURUSKAN_HOME")
    _refuse_unknown_variables()
    try:
        # LURUSKAN_HOME is a setting's variable too; what was chosen by `--home` must win over it.
        return Settings(home=home, **values).model_copy(update={"home": home})
    except ValidationError as error:
        raise SettingsError(_described(error, path)) from error
    except UnreadableVariableError as error:  # a whole section in one variable, and not as JSON
        raise SettingsError(f"{error}; set LURUSKAN_SECTION__KEY, one value each") from error


def _read_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            text = stream.read(_LARGEST_FILE_BYTES + 1)
        if len(text) > _LARGEST_FILE_BYTES:
            raise SettingsError(f"{path}: is no settings file (over 1 MB); move it away")
        return tomllib.loads(text.decode("utf-8-sig").replace("\r\n", "\n"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read ({error.strerror}); check its owner"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: is not valid TOML: {error}; correct it there") from error


def _refuse_unknown_variables() -> None:
    known = {f"LURUSKAN_{name}".upper() for name in Settings.model_fields} | _NOT_SETTINGS
    for name in os.environ:
        if name.startswith("LURUSKAN_") and name.split("__")[0].upper() not in known:
            raise SettingsError(f"{name}: no such setting{_hint(name, known)}")


def _described(error: ValidationError, path: Path) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    variable = "LURUSKAN_" + "__".join(str(part) for part in first["loc"]).upper()
    where = variable if variable in os.environ else str(path)
    if first["type"] == "extra_forbidden":
        return f"{where}: {key}: no such setting{_hint(key, known_keys())}"
    if first["type"] in {"model_type", "model_attributes_type"}:
        mend = f"set {variable}__KEY" if where == variable else f"write [{key}], then its keys"
        return f"{where}: {key}: is a section; {mend}"
    message = first["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    return f"{where}: {key}: {message}; correct it there"


def known_keys() -> set[str]:
    """Every key of the file, `section.key` inside a section."""
    keys = set(Settings.model_fields)
    for name, model_field in Settings.model_fields.items():
        section = model_field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            keys |= {f"{name}.{key}" for key in section.model_fields}
    return keys


def _hint(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {near[0]}?" if near else "; remove it (docs/settings.md lists all)"
