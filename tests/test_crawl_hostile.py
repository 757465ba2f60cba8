"""Markup made to break a crawler: each page still ends in one row, and the crawl goes on."""

from pathlib import Path

import pytest

from tests.site import Answer, column, serve
from tests.site.run import SIDE_BY_SIDE, crawl

pytestmark = pytest.mark.hostile

TITLE = "泉下县{}局2023年政府信息公开工作年度报告"


def sent(body: bytes, kind: str = "text/html", **headers: str) -> Answer:
    return lambda handler: handler.send(200, body, kind, {k.replace("_", "-"): v for k, v in headers.items()})


PAGES: dict[str, Answer] = {
    "/deep": sent(b"<html><body>" + b"<div>" * 200_000 + "深".encode() * 300),
    "/cells": sent(b"<html><body><table><tr>" + b"<td>1" * 700_000),
    "/comment": sent(b"<html><body><!--" + b"-" * 3_000_000 + "文".encode() * 300),
    "/attribute": sent(b"<html><body><a href='" + b"x" * 3_000_000 + "'>年报</a>".encode()),
    "/null": sent(b"<html><body>\0\0" + "空".encode() * 300 + b"\0</body></html>"),
    "/utf16": sent("<html><body>政府信息公开年报</body></html>".encode("utf-16")),
    "/declared": sent('<?xml version="1.0" encoding="gb2312"?><html><body>政府信息公开年报</body></html>'.encode()),
    "/entities": sent(b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 1000 + b'">]><html>' + b"&b;" * 10_000 + b"</html>"),
    "/bytes": sent(bytes(range(256)) * 400),
    "/json": sent(b'{"a":' * 5000, "application/json"),
    "/surrogate": sent(b"<html><body>\xed\xa0\x80\xff\xfe" + "代".encode() * 300 + b"</body></html>"),
    "/terminal": sent(
        "<html><head><title>\x1b[2J页面不存在\r\n2025 ERROR</title></head><body>x</body></html>".encode()
    ),
    "/length": lambda handler: handler.send(200, b"x" * 100, "text/html", {"Content-Type": "a" * 60_000}),
    "/name": sent(b"%PDF-1.7 x", "application/pdf", Content_Disposition='attachment; filename="../../etc/x"'),
    "/links": sent(column(*((f"/l{n}.html", TITLE.format(n)) for n in range(20_000))).encode()),
}


def test_each_hostile_page_has_its_row(tmp_path: Path) -> None:
    listing = column(*((path, TITLE.format(path[1:])) for path in PAGES))
    with serve({"/nb/": listing, **PAGES}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/", MAX_PAGES_PER_SEED=17, DOWNLOAD_TIMEOUT=20, **SIDE_BY_SIDE)
        outcomes = run.outcomes(site.url)
    assert set(PAGES) <= set(outcomes)
    assert "Traceback" not in run.err, run.err[-3000:]
    assert "\x1b" not in run.err + run.out
    assert "fault" not in run.err
    written = {path.relative_to(tmp_path / "data" / "archive").as_posix() for path in tmp_path.rglob("archive/*/*")}
    assert all(len(name) == 67 and name[2] == "/" for name in written)
