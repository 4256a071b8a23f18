"""Indices and their templates: versioned names behind aliases, mappings shipped as JSON files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files
from typing import Any

import orjson
from elasticsearch import BadRequestError, Elasticsearch

from indices.errors import StoreVersionError

VERSION = 4
"""The newest of the mappings; a number above it was written by a newer program."""


class Index(StrEnum):
    """Where things are kept."""

    POSTS = "posts"
    RECORDS = "records"
    """Sources, fact-checks, how crawls went and how claim groups changed: few and small."""


def alias_of(prefix: str, index: Index) -> str:
    """The name that everybody reads and writes."""
    return f"{prefix}-{index}"


def build_template(prefix: str, index: Index) -> dict[str, Any]:
    """The index template as shipped, for the names of this installation."""
    text = files("indices.elastic").joinpath(f"templates/{index}.json").read_bytes()
    template: dict[str, Any] = orjson.loads(text)
    # The bare name is in the patterns so that a lost alias never becomes an index by itself.
    alias = alias_of(prefix, index)
    return template | {"index_patterns": [alias, f"{alias}-v*"]}


def create_index(
    client: Elasticsearch, prefix: str, index: Index, name: str, *, live: bool
) -> None:
    """Load the template and make an index from it; one that exists stays as it is.

    Args:
        live: whether the alias points to it from the start.
    """
    template = build_template(prefix, index)
    client.indices.put_index_template(name=alias_of(prefix, index), **_as_options(template))
    try:
        client.indices.create(index=name, aliases={alias_of(prefix, index): {}} if live else {})
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def _as_options(template: Mapping[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("_"): value for name, value in template.items()}


def find_indices(client: Elasticsearch, prefix: str) -> dict[Index, str]:
    """The concrete index behind each alias that exists.

    Raises:
        StoreVersionError: one of them was written by a newer program.
    """
    aliases = {alias_of(prefix, index): index for index in Index}
    mappings = client.indices.get_mapping(
        index=list(aliases), ignore_unavailable=True, allow_no_indices=True
    )
    found = {}
    for name, described in mappings.items():
        version = described["mappings"].get("_meta", {}).get("version", 0)
        if version > VERSION:
            raise StoreVersionError(
                f"{name} was written by a newer version (mapping {version}, this program knows"
                f" {VERSION}); upgrade the program"
            )
        found[aliases[re.sub(r"-v\d+$", "", name)]] = name
    return found


def ensure_indices(client: Elasticsearch, prefix: str) -> None:
    """Make what is missing; an index of an older version gets the fields that came since."""
    found = find_indices(client, prefix)
    for index in Index:
        if index not in found:
            name = f"{alias_of(prefix, index)}-v1"
            create_index(client, prefix, index, name, live=True)
        else:
            _add_fields(client, prefix, index, found[index])


def _add_fields(client: Elasticsearch, prefix: str, index: Index, name: str) -> None:
    template = build_template(prefix, index)
    wanted = template["template"]["mappings"]
    live = client.indices.get_mapping(index=name)[name]["mappings"]
    if live.get("_meta", {}).get("version", 0) < wanted["_meta"]["version"]:
        missing = wanted["properties"].keys() - live["properties"].keys()
        fields = {field: wanted["properties"][field] for field in missing}
        client.indices.put_index_template(name=alias_of(prefix, index), **_as_options(template))
        client.indices.put_mapping(index=name, meta=wanted["_meta"], properties=fields)


def drop_indices(client: Elasticsearch, prefix: str) -> None:
    """Delete every index and template of this prefix, by name: the end of a test."""
    aliases = [alias_of(prefix, index) for index in Index]
    found = client.indices.get(index=[f"{alias}-v*" for alias in aliases], features="aliases")
    if found:
        client.indices.delete(index=list(found))
        client.indices.delete_index_template(name=aliases)
