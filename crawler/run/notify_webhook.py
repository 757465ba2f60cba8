"""The digest as a POST of JSON to one address of the operator's.

The address may be private or loopback: it is written by the operator, never by a site. Redirects are not followed, so
nobody else can choose where the digest goes, and no proxy of the environment is used.
"""

import json
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from scrapy.settings import BaseSettings


def post(settings: BaseSettings, content: Mapping[str, Any]) -> None:
    """Send JSON to ``DIGEST_WEBHOOK``; raises ``OSError``, ``HTTPException`` or ``ValueError``, also for no 2xx."""
    parts = urlsplit(settings["DIGEST_WEBHOOK"])
    connection = _connection(parts, settings.getfloat("DIGEST_TIMEOUT_S"))
    try:
        body = json.dumps(content, ensure_ascii=False).encode()
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, {"Content-Type": "application/json; charset=utf-8"})
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        # The address may hold a secret in its path: only the host is named.
        raise ValueError(f"{parts.hostname} answered {status}")


def _connection(parts: SplitResult, timeout_s: float) -> HTTPConnection:
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("DIGEST_WEBHOOK must begin with http:// or https:// and name a host")
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(parts.hostname, parts.port, timeout=timeout_s, context=context)
    return HTTPConnection(parts.hostname, parts.port, timeout=timeout_s)
