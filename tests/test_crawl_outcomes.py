"""One site with everything that goes wrong on portals: each request ends in exactly one row that says how."""

import time
from collections.abc import Iterator

import pytest

from tests.site import Answer, Handler, Site, closed_port, column, serve
from tests.site.run import Run, crawl

TITLE = "泉下县{}2023年政府信息公开工作年度报告"


def report(name: str) -> str:
    sections = "一、总体情况 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 四、政府信息公开行政复议、行政诉讼情况"
    body = f"{sections} 五、存在的主要问题及改进情况 六、其他需要报告的事项 本年度无。" + "按照要求编制本报告。" * 20
    title = TITLE.format(name)
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>"


def status(code: int, body: bytes = b"<html><body>no</body></html>", **headers: str) -> Answer:
    return lambda handler: handler.send(code, body, headers={name.replace("_", "-"): v for name, v in headers.items()})


def redirect(target: str) -> Answer:
    return status(302, b"", Location=target)


def cut_short(handler: Handler) -> None:
    handler.status = 200
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<html>half")
    handler.close_connection = True


def endless(handler: Handler) -> None:
    handler.status = 200
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nConnection: close\r\n\r\n%PDF-1.7\n")
    handler.close_connection = True
    for _ in range(4096):
        handler.wfile.write(b"x" * 65536)


def hang(handler: Handler) -> None:
    handler.status = 200
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(40):
        handler.wfile.write(b" ")
        time.sleep(0.2)


EXPECTED = {
    "/good.html": "ok",
    "/gone.html": "not_found",
    "/soft.html": "soft_404",
    "/one500.html": "server_error",
    "/shell.html": "js_shell",
    "/empty.html": "empty",
    "/paper.pdf": "wrong_type",
    "/half.html": "unreachable",
    "/drip.html": "unreachable",
    "/huge.pdf": "too_big",
    "/hop": "redirected",
    "/moved.html": "ok",
    "/self": "redirected",
    "/loop1": "redirected",
    "/away": "redirected",
    "/secret/1.html": "robots",
    "/a/a/a/1.html": "refused",
}


def pages() -> dict[str, bytes | str | Answer]:
    links = [(path, TITLE.format(f"第{number}局")) for number, path in enumerate(EXPECTED) if path != "/moved.html"]
    links += [("http://127.0.0.2:1/off.html", TITLE.format("外局")), ("ftp://127.0.0.1/x.pdf", TITLE.format("文局"))]
    links += [("javascript:alert(1)", TITLE.format("脚局")), ("file:///etc/passwd", TITLE.format("机局"))]
    return {
        "/nb/": column(*links),
        "/robots.txt": "User-agent: *\nDisallow: /secret/\n",
        "/good.html": report("财政局"),
        "/moved.html": report("教育局"),
        "/soft.html": "<html><head><title>页面不存在</title></head><body>您访问的页面不存在</body></html>",
        "/one500.html": status(500),
        "/shell.html": "<html><head><title>a</title></head><body><div id='app'></div><script src='/js/chunk-vendors.js'></script></body></html>",
        "/empty.html": status(200, b""),
        "/paper.pdf": "<html><body>" + "这里没有文件。" * 30 + "</body></html>",
        "/half.html": cut_short,
        "/drip.html": hang,
        "/huge.pdf": endless,
        "/hop": redirect("/moved.html"),
        "/self": redirect("/self"),
        **{f"/loop{n}": redirect(f"/loop{n + 1}") for n in range(1, 20)},
        "/away": redirect("http://127.0.0.2:1/elsewhere"),
        "/secret/1.html": report("机密局"),
        "/a/a/a/1.html": report("循环局"),
    }


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve(pages()) as site:
        yield site


@pytest.fixture(scope="module")
def run(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("outcomes")
    return crawl(
        folder,
        f"{site.url}/nb/",
        f"http://127.0.0.1:{closed_port()}/nb/",
        DOWNLOAD_TIMEOUT=2,
        DOWNLOAD_MAXSIZE=2**20,
        ATTACHMENT_MAXSIZE=2**20,
    )


@pytest.mark.parametrize(("path", "outcome"), EXPECTED.items())
def test_each_request_says_how_it_ended(run: Run, site: Site, path: str, outcome: str) -> None:
    assert run.outcomes(site.url)[path] == outcome


def test_each_request_has_one_row(run: Run, site: Site) -> None:
    doubled = run.rows("SELECT url, count(*) FROM fetches GROUP BY url HAVING count(*) > 1")
    assert doubled == []
    assert {hit.path for hit in site.hits} - {"/robots.txt"} <= set(run.outcomes(site.url))


def test_redirects_stop_at_the_limit(run: Run, site: Site) -> None:
    assert site.paths().count("/self") == 1
    assert [path for path in site.paths() if path.startswith("/loop")] == [f"/loop{n}" for n in range(1, 7)]
    assert "given up" in run.details(site.url)["/loop6"]


def test_what_is_off_scope_is_refused_and_recorded(run: Run) -> None:
    refused = dict(run.rows("SELECT url, detail FROM fetches WHERE outcome = 'refused'"))
    assert "outside the site" in refused["http://127.0.0.2:1/off.html"]
    assert "outside the site" in refused["http://127.0.0.2:1/elsewhere"]
    assert not [url for url in refused if url.startswith(("javascript", "file"))]


def test_forbidden_paths_are_not_asked_for(run: Run, site: Site) -> None:
    assert "/secret/1.html" not in site.paths()
    assert "/a/a/a/1.html" not in site.paths()


def test_nothing_incomplete_is_kept(run: Run) -> None:
    kept = run.rows("SELECT url FROM fetches WHERE outcome IN ('unreachable', 'too_big') AND sha256 IS NOT NULL")
    assert kept == []


def test_evidence_of_what_stood_in_a_reports_place_is_kept(run: Run, site: Site) -> None:
    kept = dict(run.rows("SELECT url, sha256 FROM fetches WHERE sha256 IS NOT NULL"))
    assert f"{site.url}/soft.html" in kept
    assert f"{site.url}/paper.pdf" in kept


def test_a_dead_seed_does_not_hinder_others_and_is_told(run: Run) -> None:
    assert run.code == 1
    assert "unreachable, host left for the night: robots.txt: connection refused" in run.out
    assert run.rows("SELECT count(*) FROM documents")[0][0] >= 2


def test_failures_take_one_line_each(run: Run) -> None:
    assert "Traceback" not in run.err
    assert "WARNING" not in run.err
    assert "fault" not in run.err
    assert len(run.err.splitlines()) < 40, run.err
