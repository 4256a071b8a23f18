"""Klarifikasi: what the public reads, with its evidence, its corrections and its data."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import to_user_timezone
from sqlalchemy import func, select

from indices.documents import SourceKind, Verdict
from review_ui.access import public
from review_ui.desk.models import CasePost, Rebuttal, RebuttalVersion
from review_ui.desk.vocabulary import VersionStatus
from review_ui.forms import read_place
from review_ui.masking import has_personal_data, mask
from review_ui.presenting import absolute, web_link
from review_ui.work import current_session, current_settings

blueprint = Blueprint("klarifikasi", __name__, url_prefix="/klarifikasi")

PAGE_LENGTH = 20
_LAST_PAGE = 100_000
_FEED_LENGTH = 30
_PERSONAL = (SourceKind.PLATFORM, SourceKind.TIPLINE)
_RATINGS = {Verdict.HOAX: 1, Verdict.UNVERIFIED: 3, Verdict.TRUE: 5}
"""On the 1 (false) to 5 (true) scale of ClaimReview."""


@blueprint.get("")
@public
def index() -> str:
    """All standing rebuttals, newest first."""
    page = min(read_place("halaman") or 1, _LAST_PAGE)
    found = list_published(PAGE_LENGTH + 1, (page - 1) * PAGE_LENGTH)
    return render_template(
        "klarifikasi_list.html",
        versions=found[:PAGE_LENGTH],
        page=page,
        more=len(found) > PAGE_LENGTH,
    )


@blueprint.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """One rebuttal; what was withdrawn says so, and why."""
    chosen = select(Rebuttal).where(Rebuttal.slug == slug)
    rebuttal = current_session().scalars(chosen).one_or_none()
    if rebuttal is None:
        abort(404)
    version = rebuttal.published
    if version is None:
        gone = rebuttal.withdrawn
        return render_template("klarifikasi_withdrawn.html", version=gone), 410
    history = [one for one in rebuttal.versions if one.status is VersionStatus.PUBLISHED]
    return render_template(
        "klarifikasi.html",
        version=version,
        case=rebuttal.case,
        first=history[0],
        corrections=[one for one in history if one.correction_note],
        links=list_public_links(rebuttal),
        channels=count_public_channels(rebuttal),
        claim_review=build_claim_review(version),
    )


@blueprint.get("/umpan.atom")
@public
def feed() -> Response:
    """The newest rebuttals for feed readers."""
    versions = list_published(_FEED_LENGTH, 0)
    page = render_template("klarifikasi.atom", versions=versions, now=g.now)
    return Response(page, mimetype="application/atom+xml")


def list_published(limit: int, offset: int) -> list[RebuttalVersion]:
    """The newest published version of each rebuttal, newest first."""
    newest = (
        select(func.max(RebuttalVersion.id))
        .where(RebuttalVersion.status == VersionStatus.PUBLISHED)
        .group_by(RebuttalVersion.rebuttal_id)
    )
    chosen = select(RebuttalVersion).where(RebuttalVersion.id.in_(newest))
    ordered = chosen.order_by(RebuttalVersion.published_at.desc(), RebuttalVersion.id.desc())
    return list(current_session().scalars(ordered.limit(limit).offset(offset)))


def list_public_links(rebuttal: Rebuttal) -> list[CasePost]:
    """Posts that carried the claim and may be named in public.

    Never the press, and never a citizen's own post or message: its address names a person.
    """
    return [
        post
        for post in rebuttal.case.carriers
        if not (post.is_press or _is_personal(post)) and web_link(post.url)
    ]


def _is_personal(post: CasePost) -> bool:
    """A citizen's own post: by who speaks, by where, or by a number in its address."""
    group = post.source_kind is SourceKind.COMMUNITY and post.platform != "web"
    return post.source_kind in _PERSONAL or group or has_personal_data(post.url)


def count_public_channels(rebuttal: Rebuttal) -> list[tuple[str, int]]:
    """On how many posts of which channel the claim was seen, the press left out; most first."""
    carriers = [post.platform for post in rebuttal.case.carriers if not post.is_press]
    return Counter(carriers).most_common()


def _local_date(moment: datetime | None) -> str:
    return to_user_timezone(moment).date().isoformat() if moment else ""


def build_claim_review(version: RebuttalVersion) -> dict[str, Any]:
    """ClaimReview as schema.org has it; the author is a government body, not a fact-checker."""
    office = current_settings().office
    rebuttal = version.rebuttal
    links = [{"@type": "CreativeWork", "url": link.url} for link in list_public_links(rebuttal)]
    claim: dict[str, Any] = {"@type": "Claim", "name": mask(rebuttal.case.claim)}
    if links:
        claim["appearance"] = links
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": absolute(url_for("klarifikasi.show", slug=rebuttal.slug)),
        "claimReviewed": mask(rebuttal.case.claim),
        "datePublished": _local_date(version.published_at),
        "inLanguage": "id",
        "headline": version.headline,
        "author": {
            "@type": "GovernmentOrganization",
            "name": office.name,
            "url": absolute("/klarifikasi"),
            "areaServed": office.region,
        },
        "itemReviewed": claim,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATINGS[version.verdict],
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": version.verdict.value,
            "ratingExplanation": version.fact,
        },
    }
