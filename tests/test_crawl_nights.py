"""Night after night: changed pages, lost files, a store that fails, two runs at once, traps that never end."""

import gzip
import shutil
import sqlite3
import ssl
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from crawler.demo.server import PORTAL
from tests.site import Answer, Handler, column, serve
from tests.site.run import ROOT, crawl, crawl_command, dump, rows, scrapy

REPORTS = sorted((PORTAL / "list" / "nb").glob("*/content_3*.html"))
TITLE = "白鹭县第{}局{}年政府信息公开工作年度报告"


def test_a_new_report_and_a_changed_one_are_found(tmp_path: Path) -> None:
    first, second = REPORTS[0].read_bytes(), REPORTS[1].read_bytes()
    with serve({"/nb/": column(("/1.html", TITLE.format("一", ""))), "/1.html": first}) as site:
        crawl(tmp_path, f"{site.url}/nb/")
        site.hits.clear()
        site.pages["/nb/"] = column(("/1.html", TITLE.format("一", "")), ("/2.html", TITLE.format("二", "")))
        site.pages["/1.html"] = first.replace("认真贯彻".encode(), "认真落实".encode())
        site.pages["/2.html"] = second
        run = crawl(tmp_path, f"{site.url}/nb/")
        assert [(hit.path, hit.status) for hit in site.hits[1:]] == [("/nb/", 200), ("/1.html", 200), ("/2.html", 200)]
    assert run.code == 0, run.out + run.err
    assert "New reports (1)" in run.out
    assert "Changed reports (1)" in run.out
    assert run.rows("SELECT count(*) FROM documents") == [(3,)]


def test_a_lost_or_altered_file_is_fetched_again(tmp_path: Path) -> None:
    pages = {"/nb/": column(("/1.html", TITLE.format("一", "")), ("/2.html", TITLE.format("二", "")))}
    with serve({**pages, "/1.html": REPORTS[0].read_bytes(), "/2.html": REPORTS[1].read_bytes()}) as site:
        before = dump(crawl(tmp_path, f"{site.url}/nb/").database)
        digests = dict(rows(tmp_path / "data" / "annual_reports.db", "SELECT url, sha256 FROM fetches"))
        archive = tmp_path / "data" / "archive"
        lost, altered = (archive / d[:2] / d for d in (digests[f"{site.url}/1.html"], digests[f"{site.url}/2.html"]))
        lost.unlink()
        altered.write_bytes(b"not what it was")
        site.hits.clear()
        run = crawl(tmp_path, f"{site.url}/nb/")
        assert lost.is_file()
        assert altered.read_bytes() == REPORTS[1].read_bytes()
        assert dump(run.database) == before


def test_two_runs_at_once(tmp_path: Path) -> None:
    def slow(handler: Handler) -> None:
        released.wait(100)
        handler.send(200, column().encode())

    released = threading.Event()
    with serve({"/nb/": slow}) as site:
        command = [
            sys.executable,
            "-m",
            "scrapy",
            *crawl_command(tmp_path, [f"{site.url}/nb/,,,"], DOWNLOAD_TIMEOUT=120),
        ]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as night:
            while not site.busy:
                assert night.poll() is None
            second = crawl(tmp_path, f"{site.url}/nb/")
            assert second.code == 2
            assert f"already running (process {night.pid})" in second.err
            assert scrapy("reextract", "-s", f"DATA_DIR={tmp_path / 'data'}").code == 2
            released.set()
            night.wait(60)


def test_a_locked_database_stops_the_run_and_loses_nothing(tmp_path: Path) -> None:
    listing = column(("/1.html", TITLE.format("一", "")))
    database = tmp_path / "data" / "annual_reports.db"
    with serve({"/1.html": REPORTS[0].read_bytes()}) as site:
        crawl(tmp_path, f"{site.url}/nb/", MAX_PAGES_PER_SEED=0)

        def lock_and_send(handler: Handler) -> None:
            other.execute("BEGIN IMMEDIATE")
            handler.keep(listing.encode())

        with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as other:
            site.pages["/nb/"] = lock_and_send
            run = crawl(tmp_path, f"{site.url}/nb/")
        assert run.code == 2
        assert "locked by another program" in run.err
        assert "Traceback" not in run.err
        site.pages["/nb/"] = listing
        again = crawl(tmp_path, f"{site.url}/nb/")
    assert again.code == 0
    assert again.rows("SELECT count(*) FROM reports") == [(1,)]


def test_a_damaged_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "annual_reports.db").write_bytes(b"nonsense" * 1000)
    with serve({"/nb/": column()}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/")
        assert run.code == 2
        assert site.hits == []
    assert (data / "annual_reports.db").read_bytes() == b"nonsense" * 1000
    assert "Traceback" not in run.err


def test_what_was_fetched_and_not_read_is_read_next_time(tmp_path: Path) -> None:
    with serve({"/nb/": column(("/1.html", TITLE.format("一", ""))), "/1.html": REPORTS[0].read_bytes()}) as site:
        golden = dump(crawl(tmp_path, f"{site.url}/nb/").database)
        with closing(sqlite3.connect(tmp_path / "data" / "annual_reports.db")) as db, db:
            db.execute("UPDATE documents SET outcome = NULL, extractor = NULL, reading = NULL")
        run = crawl(tmp_path, f"{site.url}/nb/")
        assert "1 ok read" in run.out
        assert dump(run.database) == golden
        with closing(sqlite3.connect(tmp_path / "data" / "annual_reports.db")) as db, db:
            db.execute("UPDATE documents SET extractor = 'old'")
        asked = len(site.hits)
        again = scrapy("reextract", "-s", f"DATA_DIR={tmp_path / 'data'}")
        assert (again.code, again.out.strip()) == (0, "1 documents read: 1 ok")
        assert dump(run.database) == golden
        assert len(site.hits) == asked


@pytest.mark.parametrize("kind", ["list", "calendar"])
def test_what_never_ends_is_ended_by_the_budget(tmp_path: Path, kind: str) -> None:
    def page(handler: Handler) -> None:
        number = int(handler.path.rsplit("=", 1)[-1]) if "=" in handler.path else 0
        rows_ = [(f"/r{number}.html", TITLE.format(number, 2023))]
        if kind == "calendar":
            rows_.append((f"/nb/?month={number + 1}", "部门年报"))
        more = f'<div class="page"><a href="/nb/?page={number + 1}">下一页</a></div>' if kind == "list" else ""
        handler.send(200, column(*rows_, more=more).encode(), "text/html; charset=utf-8")

    pages = {"/nb/": page, **{f"/nb/?{name}={n}": page for n in range(200) for name in ("page", "month")}}
    with serve(pages) as site:
        run = crawl(tmp_path, f"{site.url}/nb/", MAX_PAGES_PER_SEED=30, MAX_LIST_PAGES=8)
        assert 8 <= len(site.paths()) <= 30
    reached = [detail for [detail] in run.rows("SELECT detail FROM fetches WHERE detail LIKE 'budget_reached%'")]
    assert len(reached) == 1
    assert "budget_reached" in run.out


def test_only_the_years_and_the_seed_asked_for(tmp_path: Path) -> None:
    links = [(f"/{year}.html", TITLE.format("一", year)) for year in range(2019, 2025)]
    with serve({"/nb/": column(*links), "/other/": column()}) as site:
        seeds = [f"{site.url}/nb/,白鹭县财政局,990121,", f"{site.url}/other/,别的局,,"]
        crawl(tmp_path, *seeds, arguments=["years=2020-2021,2024", "only=白鹭县财政局"])
        assert site.paths() == ["/nb/", "/2020.html", "/2021.html", "/2024.html"]


def test_http_and_tracking_twins_are_one_request(tmp_path: Path) -> None:
    links = [
        (href, TITLE.format("一", 2023)) for href in ("/1.html", "/1.html?utm_source=a", "/./1.html", "/1.html#top")
    ]
    with serve({"/nb/": column(*links), "/1.html": REPORTS[0].read_bytes()}) as site:
        crawl(tmp_path, f"{site.url}/nb/")
        assert site.paths() == ["/nb/", "/1.html"]


def test_a_full_disk_is_one_clear_message(tmp_path: Path) -> None:
    if not shutil.which("unshare"):
        pytest.skip("needs unshare")
    data = tmp_path / "data"
    data.mkdir()
    with serve(
        {"/nb/": column(("/1.html", TITLE.format("一", ""))), "/1.html": b"%PDF-1.7" + b"x" * 3_000_000}
    ) as site:
        command = [sys.executable, "-m", "scrapy", *crawl_command(tmp_path, [f"{site.url}/nb/,,,"])]
        inner = f'mount -t tmpfs -o size=2m none {data} && exec "$@"'
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", inner, "sh", *command], cwd=ROOT, capture_output=True, text=True, timeout=60
        )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("no namespaces here")
    assert done.returncode == 2, done.stderr
    assert "no space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_compressed_answers_that_are_too_big_or_cut_short(tmp_path: Path) -> None:
    def packed(data: bytes) -> Answer:
        return lambda handler: handler.send(200, data, headers={"Content-Encoding": "gzip"})

    whole = gzip.compress(REPORTS[0].read_bytes())
    pages = {
        "/nb/": column(*((f"/{name}.html", TITLE.format(name, "")) for name in ("whole", "half", "bomb", "none"))),
        "/whole.html": packed(whole),
        "/half.html": packed(whole[: len(whole) // 2]),
        "/bomb.html": packed(gzip.compress(b" " * 40_000_000)),
        "/none.html": packed(REPORTS[1].read_bytes()),
    }
    with serve(pages) as site:
        run = crawl(tmp_path, f"{site.url}/nb/")
        outcomes = run.outcomes(site.url)
    assert outcomes == {
        "/nb/": "ok",
        "/whole.html": "ok",
        "/half.html": "unreachable",
        "/bomb.html": "too_big",
        "/none.html": "unreachable",
    }
    assert "Traceback" not in run.err
    assert run.rows("SELECT count(*) FROM documents") == [(1,)]


def test_a_certificate_that_cannot_be_verified_is_said(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(tmp_path))
    with serve({"/nb/": column()}, context=context) as site:
        address = f"https://127.0.0.1:{site.port}/nb/"
        run = crawl(tmp_path, address)
        assert run.rows("SELECT outcome, detail FROM fetches") == [
            ("unreachable", "host left for the night: robots.txt: tls_error: the certificate could not be verified")
        ]
        assert site.hits == []
        crawl(tmp_path, address, DOWNLOAD_VERIFY_CERTIFICATES=False)
        assert site.paths() == ["/nb/"]


def self_signed(folder: Path) -> tuple[Path, Path]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return folder / "cert.pem", folder / "key.pem"


def test_a_fragment_that_names_the_column_is_not_lost(tmp_path: Path) -> None:
    page = "<html><script>window._CONFIG = {}</script><body>政府信息公开年报</body></html>"
    with serve({"/gkmlpt/annualreport": page}) as site:
        address = f"{site.url}/gkmlpt/annualreport#123"
        assert crawl(tmp_path, address).outcomes(site.url) == {"/gkmlpt/annualreport#123": "ok"}
        assert crawl(tmp_path, address).outcomes(site.url)["/gkmlpt/annualreport#123"] == "unchanged"
