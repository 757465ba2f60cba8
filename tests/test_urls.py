"""URLs: one form for telling two apart, and joining that survives what editors type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page.urls import canonical, is_home, join, same_site

BASE = "http://www.xq99.gov.cn/zfxxgk/nb/index.html"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://WWW.XQ99.GOV.CN:80/A/b", "http://www.xq99.gov.cn/A/b"),
        ("https://xq99.gov.cn:443/", "https://xq99.gov.cn/"),
        ("http://xq99.gov.cn:8080/a", "http://xq99.gov.cn:8080/a"),
        ("http://xq99.gov.cn", "http://xq99.gov.cn/"),
        ("http://xq99.gov.cn./a", "http://xq99.gov.cn/a"),
        ("http://xq99.gov.cn/a/./b/../c.html", "http://xq99.gov.cn/a/c.html"),
        ("http://xq99.gov.cn/../../c.html", "http://xq99.gov.cn/c.html"),
        ("http://xq99.gov.cn/a/b/..", "http://xq99.gov.cn/a/"),
        ("http://xq99.gov.cn/a/index.html", "http://xq99.gov.cn/a/index.html"),
        ("http://xq99.gov.cn/a;jsessionid=9F3A?x=1", "http://xq99.gov.cn/a?x=1"),
        ("http://xq99.gov.cn/a?utm_source=wx&id=3&spm=1.2&isMobile=false", "http://xq99.gov.cn/a?id=3"),
        ("http://xq99.gov.cn/a?", "http://xq99.gov.cn/a"),
        ("http://xq99.gov.cn/a#top", "http://xq99.gov.cn/a"),
        ("http://xq99.gov.cn/gkmlpt/annualreport#1832", "http://xq99.gov.cn/gkmlpt/annualreport#1832"),
        ("http://xq99.gov.cn/%7ea/%e5%b9%b4", "http://xq99.gov.cn/~a/%E5%B9%B4"),
        ("http://xq99.gov.cn/年", "http://xq99.gov.cn/%E5%B9%B4"),
        ("http://xq99.gov.cn/a%2Fb", "http://xq99.gov.cn/a%2Fb"),
        ("http://xq99.gov.cn/a?q=%C4%EA", "http://xq99.gov.cn/a?q=%C4%EA"),
        ("http://xq99.gov.cn:99999/", "http://xq99.gov.cn:99999/"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
    ],
)
def test_canonical(url: str, expected: str) -> None:
    assert canonical(url) == expected


@given(st.text(max_size=40).map(lambda tail: "http://xq99.gov.cn/" + tail))
def test_canonical_is_idempotent(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("./t20240105_17.html", "http://www.xq99.gov.cn/zfxxgk/nb/t20240105_17.html"),
        ("../../bm/a.html", "http://www.xq99.gov.cn/bm/a.html"),
        (r"..\files\a.pdf", "http://www.xq99.gov.cn/zfxxgk/files/a.pdf"),
        (r"http:\\jyj.xq99.gov.cn\a.htm", "http://jyj.xq99.gov.cn/a.htm"),
        ("//jyj.xq99.gov.cn/a", "http://jyj.xq99.gov.cn/a"),
        ("http:/jyj.xq99.gov.cn/a", "http://jyj.xq99.gov.cn/a"),
        ("http://http://jyj.xq99.gov.cn/a", "http://jyj.xq99.gov.cn/a"),
        ("http://www.xq99.gov.cn./zwgk/a", "http://www.xq99.gov.cn/zwgk/a"),
        ("HTTPS://jyj.xq99.gov.cn", "https://jyj.xq99.gov.cn/"),
        ("a b.pdf", "http://www.xq99.gov.cn/zfxxgk/nb/a%20b.pdf"),
        ("年报.pdf", "http://www.xq99.gov.cn/zfxxgk/nb/%E5%B9%B4%E6%8A%A5.pdf"),
        ("a?x=1&amp;y=2", "http://www.xq99.gov.cn/zfxxgk/nb/a?x=1&y=2"),
        ("a?x=1&amp;amp;copy=2", "http://www.xq99.gov.cn/zfxxgk/nb/a?x=1&copy=2"),
        ("a?x=1&copy=2", "http://www.xq99.gov.cn/zfxxgk/nb/a?x=1&copy=2"),
        ("\n  /a.html\t", "http://www.xq99.gov.cn/a.html"),
        ("/a\n/b.html", "http://www.xq99.gov.cn/a/b.html"),
        ("100%.html", "http://www.xq99.gov.cn/zfxxgk/nb/100%25.html"),
        ("/gkmlpt/annualreport#1832", "http://www.xq99.gov.cn/gkmlpt/annualreport#1832"),
    ],
)
def test_join(href: str, expected: str) -> None:
    assert join(BASE, href) == expected


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#",
        "#top",
        "   ",
        "javascript:;",
        "JavaScript:void(0)",
        "mailto:a@b.cn",
        "data:text/html,x",
        "ftp://xq99.gov.cn/",
        "file:///etc/passwd",
        "tel:12345",
        "java\nscript:alert(1)",
        "http://[bad/",
        "http://xq99.gov.cn:port/",
        "http://a b/",
        "http://",
        "/" + "a" * 5000,
    ],
)
def test_join_gives_nothing_for_what_is_no_web_address(href: str) -> None:
    assert join(BASE, href) is None


@given(st.text(max_size=60))
def test_join_never_raises_and_gives_only_http(href: str) -> None:
    url = join(BASE, href)
    assert url is None or url.startswith(("http://", "https://"))


@given(st.text(max_size=60))
def test_a_joined_url_joins_to_itself(href: str) -> None:
    url = join(BASE, href)
    if url is not None and url.isascii():
        assert join(BASE, url) == url


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("http://www.xq99.gov.cn/", "https://jyj.xq99.gov.cn:8080/a", True),
        ("http://xq99.gov.cn/", "http://www.xq99.gov.cn/", True),
        ("http://www.xq99.gov.cn/", "http://www.yh99.gov.cn/", False),
        ("http://a.com/", "http://b.com/", False),
        ("http://10.9.8.7/", "http://10.9.8.7:81/", True),
        ("http://10.9.8.7/", "http://11.9.8.7/", False),
    ],
)
def test_same_site(one: str, other: str, expected: bool) -> None:
    assert same_site(one, other) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://xq99.gov.cn", True),
        ("http://xq99.gov.cn/index.html", True),
        ("http://xq99.gov.cn/?id=3", False),
        ("http://xq99.gov.cn/zfxxgk/", False),
    ],
)
def test_is_home(url: str, expected: bool) -> None:
    assert is_home(url) is expected


PIECES = st.sampled_from(
    [
        "a",
        "b1",
        "nb",
        "t2022.html",
        "..",
        ".",
        "",
        "A_b",
        "x y",
        "%41",
        "年",
        "a;jsessionid=1",
        "?id=3",
        "#12",
        "&amp;",
        "\\",
        "http:",
        "http://",
        "//",
        "/",
        "x99.gov.cn",
        ":8080",
        ":80",
        ":443",
        ":65536",
        "gkmlpt",
        "?utm_x=1",
        "-",
    ]
)
HREFS = st.lists(PIECES, max_size=6).map("".join) | st.lists(PIECES, max_size=6).map("/".join)
BASES = st.builds(
    lambda host, path: f"{host}{path}",
    st.sampled_from(
        ["http://x99.gov.cn", "http://127.0.0.1:8080", "https://x99.cn:443", "http://X99.cn", "http://[::1]"]
    ),
    st.sampled_from(["", "/", "/a/", "/a/b.html", "/a//b/", "/a/../b/", "/a/..", "/?x=/y", "/a.jsp?id=1#3", "/年/"]),
)


@settings(max_examples=500)
@given(BASES, HREFS)
def test_a_link_that_needs_no_mending_is_joined_as_one_that_does(base: str, href: str) -> None:
    assert join(base, href) == join(base, f" {href}")


@settings(max_examples=500)
@given(HREFS | st.builds(lambda base, href: f"{base}{href}", BASES, HREFS))
def test_a_url_that_needs_no_mending_is_canonical(url: str) -> None:
    assert canonical(url) == canonical(f"{url} ").strip()
