"""``scrapy probe``: what it tells of a site, how little it asks for, and that it keeps nothing."""

import csv
import json
from pathlib import Path

import pytest

from crawler.demo.server import PORTAL
from crawler.families import choose
from crawler.page.cases import described
from crawler.page.pages import parse_page
from crawler.probing import MAX_REQUESTS
from crawler.seeds import Seed, read_file
from tests.site import Handler, column, serve
from tests.site.asked import ASKED
from tests.site.run import Run, scrapy

REPORTS = sorted((PORTAL / "list" / "nb").glob("*/content_3*.html"))
TITLE = "柳泉镇人民政府{}年政府信息公开工作年度报告"


def probe(folder: Path, *arguments: str) -> Run:
    settings = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "RETRY_TIMES=0", f"DATA_DIR={folder / 'data'}")
    return scrapy("probe", *arguments, *(word for setting in settings for word in ("-s", setting)))


def test_a_column_is_described_down_to_one_report(tmp_path: Path) -> None:
    listing = column(*((f"/{n}.html", TITLE.format(2023 - n)) for n in range(9)))
    listing = listing.replace("<head>", '<head><meta name="SiteIDCode" content="9901210004">')
    with serve({"/nb/": listing, "/0.html": REPORTS[0].read_bytes()}) as site:
        run = probe(tmp_path, f"{site.url}/nb/", "--save", str(tmp_path / "case"))
        assert site.paths() == ["/nb/", "/0.html"]
        url = f"{site.url}/nb/"
    assert run.code == 0, run.out + run.err
    assert "Family: generic" in run.out
    assert "its words name a report of 2023" in run.out
    assert "report: … and 4 more" in run.out
    assert "PASS" in run.out
    rows = tmp_path / "seeds.csv"
    rows.write_text(run.out.partition("Seed row\n")[2].partition("Saved")[0], encoding="utf-8")
    [seed] = read_file(str(rows))
    assert isinstance(seed, Seed)
    assert (seed.url, seed.agency, seed.region) == (url, "柳泉镇人民政府", "990121")
    assert not (tmp_path / "data").exists()
    saved = (tmp_path / "case" / "page.html").read_text(encoding="utf-8")
    page = parse_page(json.loads((tmp_path / "case" / "meta.json").read_text(encoding="utf-8"))["url"], saved)
    links = json.loads((tmp_path / "case" / "expected.json").read_text(encoding="utf-8"))
    assert links == described(choose(page).links(page))


def test_a_saved_case_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "expected.json").write_text("reviewed", encoding="utf-8")
    with serve({"/nb/": column()}) as site:
        run = probe(tmp_path, f"{site.url}/nb/", "--save", str(tmp_path))
    assert run.code == 2
    assert (tmp_path / "expected.json").read_text(encoding="utf-8") == "reviewed"


def test_it_goes_on_from_a_home_page_and_gives_up_in_time(tmp_path: Path) -> None:
    hub = "<title>白鹭县人民政府</title><a href='/{0}/'>政府信息公开</a>" + "<p>白鹭县位于白鹭河畔。</p>" * 20
    pages = {f"/{n}/": hub.format(n + 1) for n in range(30)}
    with serve({"/": hub.format(0), **pages}) as site:
        run = probe(tmp_path, f"{site.url}/")
        assert len(site.paths()) == MAX_REQUESTS
    assert run.code == 1


def test_from_a_home_page_the_row_names_the_column(tmp_path: Path) -> None:
    pages = {
        "/": "<title>白鹭县人民政府</title><a href='/gk/'>政府信息公开</a>" + "<p>白鹭县位于白鹭河畔。</p>" * 20,
        "/gk/": "<title>政府信息公开</title><a href='/nb/'>政府信息公开年报</a>" + "<p>白鹭县位于白鹭河畔。</p>" * 20,
        "/nb/": column(("/0.html", TITLE.format(2022))),
        "/0.html": REPORTS[0].read_bytes(),
    }
    with serve(pages) as site:
        run = probe(tmp_path, f"{site.url}/")
    assert run.code == 0, run.out + run.err
    assert run.out.splitlines()[-1].startswith(f"{site.url}/nb/,柳泉镇人民政府,")


def test_from_a_dead_end_it_goes_on_with_the_next_link(tmp_path: Path) -> None:
    pages = {
        "/nb/": "<title>政府信息公开年报</title>" + "".join(f"<a href='/{n}/'>202{n}年</a>" for n in (4, 3, 2)),
        "/3/": "<title>政府信息公开年报</title><p>暂未公布，请稍后查看。</p>" + "<p>白鹭县位于白鹭河畔。</p>" * 20,
        "/2/": column(("/0.html", TITLE.format(2022))),
        "/0.html": REPORTS[0].read_bytes(),
    }
    with serve(pages) as site:
        run = probe(tmp_path, f"{site.url}/nb/")
        assert site.paths() == ["/nb/", "/4/", "/3/", "/2/", "/0.html"]
    assert run.code == 0, run.out + run.err
    assert run.out.splitlines()[-1].startswith(f"{site.url}/nb/,")


def test_what_is_blocked_or_forbidden_is_said(tmp_path: Path) -> None:
    with serve({"/robots.txt": "User-agent: *\nDisallow: /", "/nb/": column()}) as site:
        forbidden = probe(tmp_path, f"{site.url}/nb/")
        assert site.paths() == []
    assert (forbidden.code, "robots" in forbidden.out) == (2, True)
    assert probe(tmp_path, "ftp://x/").code == 2
    rows = list(csv.reader(forbidden.out.splitlines()))
    assert ["url", "agency", "region", "note"] not in rows


def test_redirects_lead_to_the_column_and_to_the_report(tmp_path: Path) -> None:
    def moved(handler: Handler) -> None:
        handler.send(301, b"", headers={"Location": f"/new{handler.path}"})

    listing = column(("/0.html", TITLE.format(2023)))
    pages = {"/nb/": moved, "/0.html": moved, "/new/nb/": listing, "/new/0.html": REPORTS[0].read_bytes()}
    with serve(pages) as site:
        run = probe(tmp_path, f"{site.url}/nb/")
        assert site.paths() == ["/nb/", "/new/nb/", "/0.html", "/new/0.html"]
    assert run.code == 0, run.out + run.err
    assert "PASS" in run.out
    [row] = csv.DictReader(run.out.partition("Seed row\n")[2].splitlines())
    assert row["url"] == f"{site.url}/new/nb/"


def test_from_an_entrance_page_over_a_menu_in_a_frame_to_the_column(tmp_path: Path) -> None:
    filler = "<p>白鹭县位于白鹭河畔。</p>" * 20
    pages = {
        "/": '<a href="/main.html"><img src="/e.gif" alt="进入网站"></a>',
        "/main.html": f"<title>白鹭县人民政府</title><a href='/zw/'>政务公开</a>{filler}",
        "/zw/": f"<title>政务公开</title><iframe src='/zw/menu.html'></iframe>{filler}",
        "/zw/menu.html": "<a href='/nb/' target='main'>政府信息公开年报</a>",
        "/nb/": lambda handler: handler.send(200, b"<html></html>", headers={"Refresh": "0; url=/zw/nb/"}),
        "/zw/nb/": column(("/0.html", TITLE.format(2022))),
        "/0.html": REPORTS[0].read_bytes(),
    }
    with serve(pages) as site:
        run = probe(tmp_path, f"{site.url}/")
    assert run.code == 0, run.out + run.err
    assert row_of(run)[:2] == [f"{site.url}/zw/nb/", "柳泉镇人民政府"]


def test_the_row_of_a_column_in_a_frame_and_of_a_report_names_the_agency(tmp_path: Path) -> None:
    listing, whole = column(("/0.html", TITLE.format(2022))), REPORTS[0].read_bytes()
    framed = "<title>政府信息公开年报</title><iframe src='/nb/list.html'></iframe>" + "<p>白鹭县位于白鹭河畔。</p>" * 20
    with serve({"/nb/": framed, "/nb/list.html": listing, "/0.html": whole}) as site:
        of_frame, of_report = (row_of(probe(tmp_path, f"{site.url}{path}")) for path in ("/nb/", "/0.html"))
        assert (of_frame[0], of_report[0]) == (f"{site.url}/nb/", f"{site.url}/0.html")
    assert (of_frame[1], of_report[1]) == ("柳泉镇人民政府", "白鹭县柳泉镇人民政府")
    assert of_frame[3].endswith("1 reports on the first page")
    assert of_report[3].endswith("itself a report")


def row_of(run: Run) -> list[str]:
    return next(csv.reader([run.out.partition("Seed row\n")[2].splitlines()[1]]))


@pytest.mark.parametrize("name", ["named_feed", "posted_pieces"])
def test_the_row_names_the_column_whose_script_asks_for_its_list(name: str, tmp_path: Path) -> None:
    portal = ASKED[name]()
    with serve(portal.pages) as site:
        run = probe(tmp_path, f"{site.url}{portal.seed}")
        assert row_of(run)[0] == f"{site.url}{portal.seed}"
    assert row_of(run)[1].startswith("云岭市")
    assert not row_of(run)[3].endswith("; 0 reports on the first page")


def test_no_agency_where_a_box_offers_others(tmp_path: Path) -> None:
    box = (
        "<form action='/nb/'><select name='org' onchange='this.form.submit()'>"
        "<option value='1' selected>县教育局</option><option value='2'>县民政局</option></select></form>"
    )
    with serve({"/nb/": column(("/1.html", TITLE.format(2023)), more=box), "/1.html": REPORTS[0].read_bytes()}) as site:
        assert row_of(probe(tmp_path, f"{site.url}/nb/"))[1] == ""


def test_the_fragment_of_a_catalogue_names_its_column(tmp_path: Path) -> None:
    shell = "<html><script>window._CONFIG = {SID:'7', TREE:[]}</script><body><div id='app'></div></body></html>"
    listed = json.dumps({"articles": [{"title": TITLE.format(2023), "url": "/1.html", "date": "2024-01-20"}]})
    pages = {"/gkmlpt/annualreport": shell, "/gkmlpt/api/all/55?page=1&sid=7": listed}
    with serve({**pages, "/1.html": REPORTS[0].read_bytes()}) as site:
        run = probe(tmp_path, f"{site.url}/gkmlpt/annualreport#55")
        assert site.paths() == ["/gkmlpt/annualreport", "/gkmlpt/api/all/55?page=1&sid=7", "/1.html"]
    assert "js_shell" not in run.out
