"""Scrapy's settings, made from ours."""

from __future__ import annotations

from typing import Any

from crawlers.fetching.robots import ROBOT_NAME
from indices.settings import Settings

_VERSION = "0.1"


def user_agent(settings: Settings) -> str:
    """Who fetches, and whom to complain to."""
    contact = settings.office.contact or settings.office.name
    printable = "".join(c for c in contact if c.isascii() and c.isprintable())
    return f"{ROBOT_NAME}/{_VERSION} (+{printable})"


def scrapy_settings(settings: Settings) -> dict[str, Any]:
    """Politeness, bounds, and nothing that listens or remembers."""
    crawl = settings.crawl
    return {
        "USER_AGENT": user_agent(settings),
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "id,en;q=0.5",
        },
        "LURUSKAN_ALLOWED_PRIVATE_HOSTS": list(crawl.allowed_private_hosts),
        "TWISTED_DNS_RESOLVER": "crawlers.fetching.resolver.GuardedResolver",
        "DOWNLOAD_DELAY": crawl.delay_seconds,
        "DOWNLOAD_TIMEOUT": crawl.timeout_seconds,
        "DOWNLOAD_MAXSIZE": crawl.max_body_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "CONCURRENT_REQUESTS": crawl.concurrent_requests,
        "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency_per_host(settings),
        "REDIRECT_MAX_TIMES": crawl.max_redirects,
        "DOWNLOADER_MIDDLEWARES": _middlewares(),
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("data", "file", "ftp", "s3")),
            **dict.fromkeys(("http", "https"), "crawlers.fetching.handler.BoundedDownloadHandler"),
        },
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "EXTENSIONS": _no_extensions(),
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "HTTPPROXY_ENABLED": False,
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
    }


def concurrency_per_host(settings: Settings) -> int:
    """One host gets two connections; without a delay (tests, an intranet) as many as there are."""
    return 2 if settings.crawl.delay_seconds else settings.crawl.concurrent_requests


def _middlewares() -> dict[str, int | None]:
    ours = {
        "crawlers.fetching.middlewares.AddressMiddleware": 50,
        "crawlers.fetching.robots.RobotsMiddleware": 100,
        "crawlers.fetching.middlewares.BoundedCompressionMiddleware": 590,
        "crawlers.fetching.middlewares.BoundedRedirectMiddleware": 600,
    }
    replaced = (
        "offsite.OffsiteMiddleware",
        "robotstxt.RobotsTxtMiddleware",
        "httpauth.HttpAuthMiddleware",
        "retry.RetryMiddleware",
        "redirect.MetaRefreshMiddleware",
        "httpcompression.HttpCompressionMiddleware",
        "redirect.RedirectMiddleware",
        "cookies.CookiesMiddleware",
        "httpproxy.HttpProxyMiddleware",
        "httpcache.HttpCacheMiddleware",
    )
    return {**{f"scrapy.downloadermiddlewares.{name}": None for name in replaced}, **ours}


def _no_extensions() -> dict[str, None]:
    return dict.fromkeys(
        (
            "scrapy.extensions.telnet.TelnetConsole",
            "scrapy.extensions.remote_control.RemoteControl",
            "scrapy.extensions.logstats.LogStats",
            "scrapy.extensions.memusage.MemoryUsage",
            "scrapy.extensions.feedexport.FeedExporter",
            "scrapy.extensions.throttle.AutoThrottle",
        )
    )
