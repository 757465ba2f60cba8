"""Scope: what of a page's links may be asked for."""

import pytest

from crawler.items import Link, LinkKind
from crawler.seeds import Seed
from crawler.walk.lead import Lead
from crawler.walk.scope import Candidate, Limits, judge

SEED = Seed("http://www.demo.gov.cn/zfxxgk/nb/")
PORTED = Seed("http://127.0.0.1:8000/nb/")


def opinion(url: str, kind: LinkKind = "report", seed: Seed = SEED) -> tuple[bool, str]:
    found = judge(Candidate(url, kind, seed), Limits())
    return found.accept, found.reason


@pytest.mark.parametrize("kind", ["report", "column", "next", "attachment"])
@pytest.mark.parametrize(
    "url", ["http://www.demo.gov.cn/x/1.html", "https://www.demo.gov.cn/x/", "http://www.demo.gov.cn:80/"]
)
def test_the_seeds_host_is_in_scope(url: str, kind: LinkKind) -> None:
    assert opinion(url, kind)[0]


@pytest.mark.parametrize(
    ("url", "kind", "accept"),
    [
        ("http://jyj.demo.gov.cn/1.html", "report", True),
        ("http://file.demo.gov.cn/1.pdf", "attachment", True),
        ("http://jyj.demo.gov.cn/nb/", "column", False),
        ("http://jyj.demo.gov.cn/nb/2.html", "next", False),
        ("http://jyj.demo.gov.cn:8080/1.html", "report", False),
        ("http://www.other.gov.cn/1.html", "report", False),
        ("http://demo.gov.cn.evil.example/1.html", "report", False),
        ("http://evildemo.gov.cn/1.html", "report", False),
    ],
)
def test_other_hosts_of_the_domain(url: str, kind: LinkKind, accept: bool) -> None:
    assert opinion(url, kind)[0] is accept


NAMED = Link("http://xxgk.demo.gov.cn/nb/", "政府信息公开年报", "column")
YEAR = Link("http://xxgk.demo.gov.cn/nb/2023/", "2023年", "column")


@pytest.mark.parametrize(
    ("link", "parent", "seed", "accept"),
    [
        (NAMED, SEED.url, "http://www.demo.gov.cn/", True),
        (NAMED, SEED.url, "http://jyj.demo.gov.cn/", False),
        (YEAR, NAMED.url, "http://www.demo.gov.cn/", True),
        (YEAR, SEED.url, "http://www.demo.gov.cn/", False),
        (
            Link("http://xxgk.other.gov.cn/nb/", "政府信息公开年报", "column"),
            SEED.url,
            "http://www.demo.gov.cn/",
            False,
        ),
        (Link("http://xxgk.demo.gov.cn/", "政府信息公开", "hub"), SEED.url, "http://www.demo.gov.cn/", True),
        (Link("http://xxgk.demo.gov.cn/", "政府信息公开", "hub"), SEED.url, "http://jyj.demo.gov.cn/", False),
        (Link("http://jyj.demo.gov.cn/", "市教育局", "hub"), SEED.url, "http://www.demo.gov.cn/", False),
    ],
)
def test_a_portal_may_keep_its_column_on_a_host_of_its_own(link: Link, parent: str, seed: str, accept: bool) -> None:
    lead = Lead(link, Seed(seed), link.url, parent_url=parent)
    assert judge(Candidate(link.url, link.kind, lead.seed, named=lead.is_named), Limits()).accept is accept


FRAMED = "http://service.demo.gov.cn/pagemore/iframePagerIndex_1_2_20.html"


@pytest.mark.parametrize(
    ("link", "parent", "accept"),
    [
        (Link(FRAMED, "", "column"), SEED.url, True),
        (Link(f"{FRAMED}?page=2", "", "next"), FRAMED, True),
        (Link(f"{FRAMED}?page=2", "", "next"), SEED.url, False),
        (Link(FRAMED, "政府信息公开", "column"), SEED.url, False),
        (Link("http://www.other.gov.cn/list.html", "", "column"), SEED.url, False),
    ],
)
def test_a_framed_list_may_lie_on_another_host_of_the_domain(link: Link, parent: str, accept: bool) -> None:
    lead = Lead(link, SEED, link.url, parent_url=parent)
    assert judge(Candidate(link.url, link.kind, SEED, lead.is_framed), Limits()).accept is accept


@pytest.mark.parametrize(
    ("url", "accept"),
    [
        ("http://127.0.0.1:8000/a", True),
        ("http://127.0.0.1:8001/a", False),
        ("http://127.0.0.1/a", False),
        ("http://127.0.0.2:8000/a", False),
        ("http://localhost:8000/a", False),
    ],
)
def test_a_seed_with_a_port_means_that_port(url: str, accept: bool) -> None:
    assert opinion(url, "report", PORTED)[0] is accept


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://www.demo.gov.cn/1.pdf", "scheme ftp"),
        ("javascript:void(0)", "scheme javascript"),
        ("http://www.demo.gov.cn@evil.example/", "user name"),
        ("http://u@www.demo.gov.cn/", "user name"),
        ("http://www.demo.gov.cn/" + "x" * 2100, "URL of"),
        ("http://www.demo.gov.cn/" + "/".join(str(n) for n in range(21)), "21 segments"),
        ("http://www.demo.gov.cn/a/b/a/c/a/", "repeats 'a'"),
        ("http://www.demo.gov.cn/a/b/%61/c/a/", "repeats 'a'"),
        ("http://www.demo.gov.cn:99999/", "outside"),
    ],
)
def test_traps_are_refused_with_their_reason(url: str, reason: str) -> None:
    accept, why = opinion(url)
    assert not accept
    assert reason in why


def test_the_limits_themselves_are_still_fine() -> None:
    assert opinion("http://www.demo.gov.cn/" + "/".join(str(n) for n in range(20)))[0]
    assert opinion("http://www.demo.gov.cn/a/b/a/c/")[0]
