"""Serve the bundled portal on 127.0.0.1, with the conditional requests that make a second night cheap."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

PORTAL = Path(__file__).parent / "portal"
PUBLISHED_AT = 1_738_224_000
"""The Last-Modified of every page, 30 January 2025: an unpacked file's own date says nothing."""

_TYPES = {".html": "text/html; charset=utf-8", ".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}


class PortalHandler(BaseHTTPRequestHandler):
    """Answer GET with a file of the portal, 304 when the asker has it, 404 when there is none."""

    protocol_version = "HTTP/1.1"
    root: ClassVar[Path] = PORTAL

    def do_GET(self) -> None:
        """Answer one request."""
        path = self._file()
        if path is None:
            self._send(404, b"<html><head><title>404</title></head><body>404</body></html>", ".html", "")
            return
        body = path.read_bytes()
        etag = f'"{sha256(body).hexdigest()[:20]}"'
        if self.headers.get("If-None-Match") == etag:
            self._send(304, b"", path.suffix, etag)
        else:
            self._send(200, body, path.suffix, etag)

    def _file(self) -> Path | None:
        """Give the file a path means, or ``None``; nothing outside the portal's folder."""
        path = (self.root / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
        if path.is_dir():
            path = path / "index.html"
        return path if path.is_relative_to(self.root.resolve()) and path.is_file() else None

    def _send(self, status: int, body: bytes, suffix: str, etag: str) -> None:
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", formatdate(PUBLISHED_AT, usegmt=True))
        if status != 304:
            self.send_header("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing: the crawl has its own log."""


class PortalServer(ThreadingHTTPServer):
    """A server that does not mind being hung up on, as happens when a crawl is stopped."""

    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing of a broken connection."""


@contextmanager
def serve_portal(port: int = 0) -> Iterator[int]:
    """Serve the portal while the block runs, on a free port unless one is given; gives the port.

    Raises ``OSError`` when the port is taken.
    """
    server = PortalServer(("127.0.0.1", port), PortalHandler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
