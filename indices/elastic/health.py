"""What `luruskan doctor` says of a server."""

from __future__ import annotations

from typing import Any

from indices.elastic.schema import Index
from indices.elastic.session import Session
from indices.errors import LuruskanError
from indices.queries import StoreHealth

_POST_COUNTS: dict[str, dict[str, Any]] = {
    "assessments": {"terms": {"flagged": ["true", "false"]}},
    "reviews": {"exists": {"field": "review_version"}},
    "vectors": {"exists": {"field": "vector"}},
}


def check_health(session: Session, spooled: int, notes: str) -> StoreHealth:
    """Status, version and counts; red where the server is away, with the writes that wait."""
    waiting = {"spooled": spooled} if spooled else {}
    try:
        status, version, detail = _cluster(session)
        counts = _counts(session)
    except LuruskanError as error:
        return StoreHealth(
            backend="elasticsearch",
            version="",
            status="red",
            detail="; ".join(filter(None, (str(error), notes))),
            counts=waiting,
        )
    return StoreHealth(
        backend="elasticsearch",
        version=version,
        status=status,
        detail="; ".join(filter(None, (detail, notes))),
        counts=counts | waiting,
    )


def _cluster(session: Session) -> tuple[str, str, str]:
    with session.calling() as client:
        names = [session.alias(index) for index in Index]
        health = client.cluster.health(index=names)
        nodes = client.nodes.info(filter_path=["nodes.*.version"])["nodes"]
        settings = client.indices.get_settings(index=names, name="index.blocks.*")
    version = min(node["version"] for node in nodes.values())
    blocked = [name for name, found in settings.items() if found.get("settings")]
    detail = f"{session.connection.address}, {health['number_of_nodes']} node(s)"
    if blocked:
        detail += f"; writing is blocked on {', '.join(blocked)}: run luruskan reindex"
    return ("red" if blocked else health["status"]), version, detail


def _counts(session: Session) -> dict[str, int]:
    with session.calling() as client:
        posts = client.search(
            index=session.alias(Index.POSTS),
            size=0,
            track_total_hits=True,
            aggs={name: {"filter": query} for name, query in _POST_COUNTS.items()},
        )
        kinds = client.search(
            index=session.alias(Index.RECORDS), size=0, aggs={"kinds": {"terms": {"field": "kind"}}}
        )
    found = posts["aggregations"]
    buckets = kinds["aggregations"]["kinds"]["buckets"]
    records = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    return {
        "posts": posts["hits"]["total"]["value"],
        **{name: found[name]["doc_count"] for name in _POST_COUNTS},
        "fact_checks": records.get("fact-check", 0),
        "sources": records.get("source", 0),
    }
