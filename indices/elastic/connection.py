"""The way to the server: its address, its password kept out of sight, its errors in our words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, SerializationError, UnsupportedProductError
from elasticsearch.serializer import OrjsonSerializer

from indices.errors import (
    BadInputError,
    LuruskanError,
    SettingsError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)

REQUEST_TIMEOUT_SECONDS = 30
BUSY = {429, 502, 503, 504}


def split_addresses(urls: str) -> tuple[list[str], tuple[str, str] | None]:
    """Addresses without their password, and user and password where there are any.

    Args:
        urls: one or more, with commas between them: the nodes of one cluster.
    """
    addresses: list[str] = []
    login: tuple[str, str] | None = None
    for url in filter(None, (part.strip() for part in urls.split(","))):
        address, found = _split_login(url)
        addresses.append(address)
        login = login or found
    if not addresses:
        raise SettingsError("elasticsearch_url: is empty; write http://host:9200")
    return addresses, login


def _split_login(url: str) -> tuple[str, tuple[str, str] | None]:
    wrong = SettingsError("elasticsearch_url: is no address; write http://user:password@host:9200")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise wrong from None  # the cause would show the password
    if parts.scheme not in {"http", "https"} or not host:
        raise wrong
    host = f"[{host}]" if ":" in host else host
    port = port or (443 if parts.scheme == "https" else 80)
    address = urlunsplit((parts.scheme, f"{host}:{port}", parts.path.rstrip("/"), "", ""))
    if parts.username is None:
        return address, None
    return address, (unquote(parts.username), unquote(parts.password or ""))


class Connection:
    """A client of one server or cluster that says what went wrong in the store's own errors."""

    def __init__(self, urls: str) -> None:
        addresses, login = split_addresses(urls)
        self.address = ", ".join(addresses)
        self._client = Elasticsearch(
            addresses,
            basic_auth=login,
            request_timeout=REQUEST_TIMEOUT_SECONDS,
            max_retries=len(addresses),  # another node, or the same one over a fresh connection
            serializers={OrjsonSerializer.mimetype: OrjsonSerializer()},
        )

    @contextmanager
    def calling(self) -> Iterator[Elasticsearch]:
        """The client; what it raises inside the block comes out as a StoreError.

        Raises:
            StoreUnavailableError: the server is away or too busy.
            StoreFullError: the server's disk is full.
            BadInputError: what was asked cannot be written as JSON.
        """
        try:
            yield self._client
        except SerializationError as error:
            raise BadInputError("the text holds characters that cannot be stored") from error
        except TransportError as error:
            raise self.unavailable(type(error).__name__) from error
        except UnsupportedProductError as error:
            raise StoreError(f"{self.address} is not Elasticsearch; correct its URL") from error
        except ApiError as error:
            raise self._described(error) from error

    def unavailable(self, cause: str) -> StoreUnavailableError:
        """The outage, in one line."""
        return StoreUnavailableError(
            f"the index at {self.address} is away ({cause}); start Elasticsearch or try again later"
        )

    def failed_search(self, response: Mapping[str, Any]) -> LuruskanError:
        """The error of one search among several."""
        return self._told(int(response.get("status", 500)), reason_of(response))

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _described(self, error: ApiError) -> LuruskanError:
        return self._told(error.meta.status, reason_of(error.body))

    def _told(self, status: int, reason: str) -> LuruskanError:
        if is_full(reason):
            return full_disk(self.address)
        if status in BUSY:
            return self.unavailable(f"HTTP {status}")
        if status in {401, 403}:
            return StoreError(
                f"{self.address} refuses us ({status}); correct user and password in"
                " elasticsearch_url"
            )
        return StoreError(f"Elasticsearch answered {status}: {reason[:300]}")


def is_full(reason: str) -> bool:
    """Whether the server has stopped writing because its disk is nearly full."""
    return "flood-stage" in reason or "read-only-allow-delete" in reason


def full_disk(address: str) -> StoreFullError:
    """What to do about it."""
    return StoreFullError(f"the disk of {address} is full; make room there, then run again")


def reason_of(body: Any) -> str:
    """The innermost reason that an error's body gives."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return str(error)
    causes = error.get("root_cause") or [error]
    first = causes[0] if isinstance(causes, list) else causes
    caused = error.get("caused_by")
    reason = f"{first.get('type', '')}: {first.get('reason', '')}"
    return f"{reason} ({reason_of(caused)})" if caused else reason
