"""A loopback server that behaves as badly as a test asks, and remembers every hit."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

Answer = Callable[["Handler"], None]


@dataclass(frozen=True)
class Hit:
    path: str
    at: float
    status: int
    headers: Mapping[str, str]


@dataclass
class Site:
    """Pages by path (bytes, text or a function that answers), and what was asked for."""

    pages: dict[str, bytes | str | Answer]
    host: str = "127.0.0.1"
    port: int = 0
    hits: list[Hit] = field(default_factory=list)
    busy: int = 0
    most_busy: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def paths(self) -> list[str]:
        """Paths that were asked for, in order, without robots.txt."""
        return [hit.path for hit in self.hits if hit.path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    status = 0
    form: Mapping[str, str] = {}
    body = b""

    def do_GET(self) -> None:
        at = time.monotonic()
        with self.site.lock:
            self.site.busy += 1
            self.site.most_busy = max(self.site.most_busy, self.site.busy)
        try:
            page = self.site.pages.get(self.path)
            if callable(page):
                page(self)
            elif page is None:
                self.send(404, b"not found", "text/plain")
            else:
                self.keep(page if isinstance(page, bytes) else page.encode())
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.site.lock:
                self.site.busy -= 1
                self.site.hits.append(Hit(self.path, at, self.status, dict(self.headers.items())))

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.form = dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        self.do_GET()

    def keep(self, body: bytes) -> None:
        """Send a page that can be asked for conditionally."""
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self.send(304, b"", "", {"ETag": etag})
        else:
            self.send(200, body, media_type(self.path, body), {"ETag": etag})

    def send(self, status: int, body: bytes, kind: str = "text/html", headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def media_type(path: str, body: bytes) -> str:
    if body.startswith(b"%PDF"):
        return "application/pdf"
    if path.partition("?")[0].endswith(".xml"):
        return "text/xml; charset=utf-8"
    return "text/plain" if path.endswith(".txt") else "text/html; charset=utf-8"


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """A crawler that hangs up is part of many tests."""


@contextmanager
def serve(
    pages: dict[str, bytes | str | Answer], host: str = "127.0.0.1", context: ssl.SSLContext | None = None
) -> Iterator[Site]:
    site = Site(pages, host)
    handler = type("SiteHandler", (Handler,), {"site": site})
    server = QuietServer((host, 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """Give a port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def column(*links: tuple[str, str], title: str = "政府信息公开年报", more: str = "", day: str = "") -> str:
    """A list page of a 年报 column; its rows bear this day, else some of January 2024."""
    rows = "".join(
        f'<li><a href="{href}" title="{text}">{text}</a><span>{day or f"2024-01-2{number % 10}"}</span></li>'
        for number, (href, text) in enumerate(links)
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>"
        f'<div class="position">当前位置：首页 &gt; 政府信息公开 &gt; {title}</div>'
        f'<h1>{title}</h1><ul class="list">{rows}</ul>{more}</body></html>'
    )
