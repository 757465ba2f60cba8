"""One host's trouble: what it means for its neighbours, for its other pages, and what an operator may decide."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from crawler.manners.certificates import UNVERIFIED
from tests.site import Answer, Handler, Site, column, serve
from tests.site.portals import page, reports
from tests.site.run import SIDE_BY_SIDE, Run, crawl

REPORTS, ROWS = reports("/r", "星桥市水务局", range(2016, 2024))
FRONT = page("<a href='/xw/'>新闻</a><a href='/ly/'>旅游</a><a href='/hd/'>互动</a>" + "<p>介绍</p>" * 60, "星桥市")
CHALLENGE = b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"


def challenge(handler: Handler) -> None:
    handler.send(412, CHALLENGE)


def walked(tmp_path: Path, pages: dict[str, dict[str, bytes | str | Answer]], **settings: object) -> dict[str, Site]:
    """Crawl the list of each named host; each has an address of its own."""
    names = {name: f"127.0.0.{number}" for number, name in enumerate(pages, start=31)}
    sites: dict[str, Site] = {}

    @contextmanager
    def served(rest: list[str]) -> Iterator[None]:
        if not rest:
            yield
            return
        with serve(pages[rest[0]], host=names[rest[0]]) as sites[rest[0]], served(rest[1:]):
            yield

    with served(list(pages)):
        seeds = [f"http://{name}:{site.port}/nb/" for name, site in sites.items()]
        crawl(tmp_path, *seeds, environment={"TEST_NAMES": json.dumps(names)}, **SIDE_BY_SIDE, **settings)
    return sites


def gaps(site: Site, after: float = 0.0) -> list[float]:
    hits = [hit.at for hit in site.hits if hit.at > after]
    return [later - earlier for earlier, later in pairwise(hits)]


def test_a_challenged_host_slows_its_neighbours_and_nobody_else(tmp_path: Path) -> None:
    listed: dict[str, bytes | str | Answer] = {"/nb/": column(*ROWS[:4]), **REPORTS}
    hosts: dict[str, dict[str, bytes | str | Answer]] = {
        "www.xq99.gov.cn": {"/nb/": challenge},
        "jyj.xq99.gov.cn": {**listed},
        "www.yq98.gov.cn": {**listed},
    }
    sites = walked(tmp_path, hosts, GROUP_PAUSE_S=0.6)
    asked = {name: site.paths() for name, site in sites.items()}
    assert asked["www.xq99.gov.cn"] == ["/nb/"]
    assert len(asked["jyj.xq99.gov.cn"]) == len(asked["www.yq98.gov.cn"]) == 5
    begun = sites["www.xq99.gov.cn"].hits[-1].at
    assert min(gaps(sites["jyj.xq99.gov.cn"], begun)) >= 0.55
    assert sum(gaps(sites["www.yq98.gov.cn"])) < 0.55 * 4


def test_two_challenged_hosts_end_the_night_of_their_domain(tmp_path: Path) -> None:
    listed: dict[str, bytes | str | Answer] = {"/nb/": column(*ROWS), **REPORTS}
    hosts: dict[str, dict[str, bytes | str | Answer]] = {
        "www.xq99.gov.cn": {"/nb/": challenge},
        "czj.xq99.gov.cn": {"/nb/": challenge},
        "jyj.xq99.gov.cn": {**listed},
        "www.yq98.gov.cn": {**listed},
    }
    sites = walked(tmp_path, hosts, GROUP_PAUSE_S=0.1)
    assert len(sites["jyj.xq99.gov.cn"].paths()) < len(ROWS)
    assert len(sites["www.yq98.gov.cn"].paths()) == len(ROWS) + 1
    details = Run(0, "", "", tmp_path / "data" / "annual_reports.db").rows(
        "SELECT DISTINCT outcome FROM fetches WHERE detail LIKE '%2 hosts of%'"
    )
    assert details == [("blocked",)]


def test_one_decoy_is_a_deleted_article_and_three_in_a_row_a_throttle(tmp_path: Path) -> None:
    pages: dict[str, bytes | str | Answer] = {"/nb/": column(*ROWS), "/": FRONT, **REPORTS}
    with serve({**pages, ROWS[1][0]: FRONT, ROWS[4][0]: FRONT}) as site:
        run = crawl(tmp_path / "one", f"{site.url}/nb/")
        assert set(site.paths()) >= {path for path, _ in ROWS}
    assert run.rows("SELECT count(*) FROM reports") == [(len(ROWS) - 2,)]
    with serve({**pages, **{path: FRONT for path, _ in ROWS[2:]}}) as site:
        run = crawl(tmp_path / "three", f"{site.url}/nb/", CONCURRENT_REQUESTS=1, DOWNLOAD_DELAY=0.4)
        assert len([path for path in site.paths() if path in REPORTS]) <= 6
    left = run.rows("SELECT count(*) FROM fetches WHERE detail LIKE '%3 decoys in a row%' AND outcome = 'throttled'")
    assert left[0][0] >= 2


def test_an_article_under_several_trees_is_asked_for_once(tmp_path: Path) -> None:
    found, rows = reports("/info/1013/2", "星桥市教育局", range(2020, 2024))
    mark = "<script src='/system/resource/js/vsbscreen.min.js'></script>"
    other = [(path.replace("/1013/", "/1044/"), title) for path, title in rows]
    lists: dict[str, bytes | str | Answer] = {
        "/nb.htm": page(f'{mark}<h1>政府信息公开年报</h1><ul><li><a href="bm.htm">部门年报</a></li></ul>' + column(*rows)),
        "/bm.htm": page(mark + column(*other)),
    }  # fmt: skip
    pages = {**lists, **found, **{path: found[first] for (path, _), (first, _) in zip(other, rows, strict=True)}}
    with serve(pages) as site:
        for expected in (sorted(found), []):
            crawl(tmp_path, f"{site.url}/nb.htm")
            assert sorted(path for path in site.paths() if "/info/" in path) == expected
            site.hits.clear()


def test_a_jump_to_another_site_leaves_a_trace(tmp_path: Path) -> None:
    jumps = {
        "/a/": '<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.2:1/m/"></head><body></body></html>',
        "/b/": '<html><body><script>location.href="http://127.0.0.2:1/s/"</script></body></html>',
    }
    with serve({**jumps}) as site:
        run = crawl(tmp_path, f"{site.url}/a/", f"{site.url}/b/", **SIDE_BY_SIDE)
    refused = run.rows("SELECT url, detail FROM fetches WHERE outcome = 'refused' ORDER BY url")
    assert refused == [(f"http://127.0.0.2:1/{name}/", "out of scope: outside the site of the seed") for name in "ms"]


def authority(folder: Path) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """Make a certificate authority that the crawl trusts through ``SSL_CERT_FILE``."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority of the tests")])
    certificate = signed(name, key, name, key, x509.BasicConstraints(ca=True, path_length=None))
    (folder / "authority.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return key, certificate


def signed(
    name: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    *extensions: x509.ExtensionType,
    days: int = 1,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=9))
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.not_valid_after(now + timedelta(days=days)).sign(issuer_key, hashes.SHA256())


def context(folder: Path, host: str, ca: tuple[rsa.RSAPrivateKey, x509.Certificate], days: int = 1) -> ssl.SSLContext:
    """Make a server's TLS with a certificate for its address; a negative number of days has it expired."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = signed(name, key, ca[1].subject, ca[0], names, days=days)
    form = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (folder / f"{host}.pem").write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(folder / f"{host}.pem")
    return made


def test_only_listed_hosts_go_on_without_a_sound_certificate_and_it_is_said(tmp_path: Path) -> None:
    ca = authority(tmp_path)
    pages: dict[str, bytes | str | Answer] = {"/nb/": column(*ROWS[:1]), **REPORTS}
    sound, expired, listed = "127.0.0.41", "127.0.0.42", "127.0.0.43"
    with (
        serve(pages, sound, context(tmp_path, sound, ca)) as a,
        serve(pages, expired, context(tmp_path, expired, ca, days=-1)) as b,
        serve(pages, listed, context(tmp_path, listed, ca, days=-1)) as c,
    ):
        seeds = [f"https://{site.host}:{site.port}/nb/" for site in (a, b, c)]
        run = crawl(
            tmp_path,
            *seeds,
            environment={"SSL_CERT_FILE": str(tmp_path / "authority.pem")},
            RELAXED_TLS_HOSTS=f"{sound},{listed}",
        )
    found = {(url.split("/")[2].split(":")[0], outcome, detail) for url, outcome, detail in run.rows("SELECT url, outcome, detail FROM fetches")}  # fmt: skip
    assert {row for row in found if row[0] == sound} == {(sound, "ok", "")}
    assert {row for row in found if row[0] == listed} == {(listed, "ok", UNVERIFIED)}
    assert {(row[1], "could not be verified" in row[2]) for row in found if row[0] == expired} == {
        ("unreachable", True)
    }
    assert b.paths() == []
