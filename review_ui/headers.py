"""Headers that every answer carries: nothing inline, nothing from elsewhere, nothing framed."""

from __future__ import annotations

from flask import Flask, Response, request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

_A_YEAR_SECONDS = 31_536_000


def send_secure_headers(app: Flask, *, https: bool) -> None:
    """Add the headers to every answer; keep desk pages out of caches."""
    headers = _build_headers(https=https)

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in headers.headers.items():
            response.headers[name] = value
        if request.endpoint not in ("static", "bootstrap.static"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _build_headers(*, https: bool) -> Secure:
    policy = (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'", "data:")
        .font_src("'self'")
        .connect_src("'self'")
        .form_action("'self'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
    )
    lasting = StrictTransportSecurity().max_age(_A_YEAR_SECONDS)
    return Secure(
        csp=policy,
        coop=CrossOriginOpenerPolicy().same_origin(),
        permissions=PermissionsPolicy().geolocation().microphone().camera(),
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions(),
        xfo=XFrameOptions().deny(),
        hsts=lasting if https else None,
    )
