"""Quiet nights: no old report is asked for, what it still leads to is, and a correction is noticed all the same."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.site import Answer, Handler, Site, column, serve
from tests.site.portals import Pages, page, report, reports
from tests.site.run import ROOT, Run, crawl, crawl_command, dump, rows

AGENCY = "星桥市水务局"
YEARS = range(2020, 2024)
FILE = b"%PDF-1.7 no more than its beginning"
Walked = tuple[list[Run], list[dict[str, list[str]]], list[dict[str, list[tuple[Any, ...]]]]]
"""Of some nights in a row: the runs, what was asked for, and what the database said then."""


def day(age: int) -> str:
    return (datetime.now(UTC) - timedelta(days=age)).date().isoformat()


def portal(base: str, agency: str, **other: str) -> Pages:
    found, listed = reports(f"/{base}/r", agency, YEARS)
    return {f"/{base}/": column(*listed, **other), **found}


def corrected(agency: str, year: int) -> str:
    return report(agency, year).replace("认真", "切实")


def with_file(page_: object, href: str) -> str:
    return str(page_).replace("</body>", f'<p>附件：<a href="{href}">附表.pdf</a></p></body>')


def by_list(site: Site) -> dict[str, list[str]]:
    """Give what was asked for under each first part of a path, but the lists themselves, of which each was asked once."""
    asked: dict[str, list[str]] = {}
    for path in site.paths():
        asked.setdefault(path.split("/")[1], []).append(path)
    assert all(paths.count(f"/{name}/") <= 1 for name, paths in asked.items())
    return {name: sorted({*paths} - {f"/{name}/"}) for name, paths in asked.items()}


def night(site: Site, folder: Path, *lists: str, **settings: int) -> tuple[Run, dict[str, list[str]]]:
    site.hits.clear()
    run = crawl(folder, *(f"{site.url}/{name}/" for name in lists), **settings)
    return run, by_list(site)


def moved(handler: Handler) -> None:
    """Redirect to where the report stands now."""
    handler.send(301, b"", headers={"Location": handler.path.replace("/old", "/moved")})


def unavailable(handler: Handler) -> None:
    handler.send(503, b"")


# --- Three nights, and one more --------------------------------------------------------------------------------------

LISTS = ("old", "fresh", "bare", "file", "away")
OLD = [f"/old/r{year}.html" for year in YEARS]
MOVED = [f"/moved/r{year}.html" for year in YEARS]


def many_portals() -> Pages:
    """Old reports (by an address that is redirected), fresh ones, some without a day, one with a file; one with a link
    out of scope, and two with the same file."""
    pages: dict[str, bytes | str | Answer] = {
        **portal("fresh", "星桥市审计局", day=day(5)),
        **portal("file", "星桥市统计局"),
    }
    pages |= {**portal("away", "星桥市民政局"), "/file/f.pdf": unavailable}
    found, listed = reports("/old/r", AGENCY, YEARS)
    pages |= {"/old/": column(*listed), **dict.fromkeys(found, moved)}
    pages |= {path.replace("/old", "/moved"): body for path, body in found.items()}
    bare, names = reports("/bare/r", "星桥市教育局", YEARS)
    pages |= {"/bare/": page("<ul>" + "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t in names) + "</ul>"), **bare}
    pages["/file/r2021.html"] = with_file(pages["/file/r2021.html"], "/file/f.pdf")
    pages["/away/r2021.html"] = with_file(pages["/away/r2021.html"], "http://files.example/f.pdf")
    pages["/away/r2022.html"] = with_file(pages["/away/r2022.html"], "/away/g.pdf")
    pages["/away/r2023.html"] = with_file(pages["/away/r2023.html"], "/away/old.pdf")
    pages |= {"/away/old.pdf": lambda handler: handler.send(301, b"", headers={"Location": "g.pdf"})}
    pages["/away/g.pdf"] = FILE
    return pages


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """Four nights on one day. Before the third a report is corrected, and nothing else has changed."""
    folder, runs, nights, contents = tmp_path_factory.mktemp("quiet"), [], [], []
    with serve(many_portals()) as site:
        for number in range(4):
            if number == 2:
                site.pages |= {MOVED[1]: corrected(AGENCY, 2021), "/file/f.pdf": FILE}
            run, asked = night(site, folder, *LISTS)
            runs.append(run)
            nights.append(asked)
            contents.append(dump(run.database))
    return runs, nights, contents


def test_the_second_night_asks_for_no_old_report(walked: Walked) -> None:
    _, nights, contents = walked
    fresh = [f"/fresh/r{year}.html" for year in YEARS]
    assert nights[1] == {"old": [], "bare": [], "away": [], "fresh": fresh, "file": ["/file/f.pdf"]}
    assert contents[1] == contents[0]


def test_the_third_confirms_them_and_finds_the_correction(walked: Walked) -> None:
    runs, nights, _ = walked
    assert nights[2].keys() == {*LISTS, "moved"}
    assert (nights[2]["old"], nights[2]["moved"]) == (OLD, MOVED)
    assert {len(paths) for name, paths in nights[2].items() if name not in {"file", "away"}} == {len(YEARS)}
    assert len(nights[2]["away"]) == len(YEARS) + len(("g.pdf", "old.pdf"))
    assert "Changed reports (1)" in runs[2].out
    assert f"{AGENCY} 2021" in runs[2].out
    assert not any("Changed reports" in run.out for run in (runs[0], runs[1], runs[3]))


def test_the_fourth_is_quiet_again(walked: Walked) -> None:
    _, nights, contents = walked
    assert {name for name, paths in nights[3].items() if paths} == {"fresh"}
    assert contents[3] == contents[2]


def test_a_file_that_failed_is_asked_for_until_it_was_had(walked: Walked) -> None:
    runs, nights, _ = walked
    assert [asked["file"].count("/file/f.pdf") for asked in nights] == [1, 1, 1, 0]
    assert "ok" in {outcome for [outcome] in runs[3].rows("SELECT outcome FROM fetches WHERE url LIKE '%/f.pdf'")}
    assert runs[3].rows("SELECT url FROM unsettled") == []


def test_what_is_out_of_scope_or_had_by_another_address_is_not_waited_for(walked: Walked) -> None:
    runs, _, contents = walked
    refused = runs[0].rows("SELECT outcome FROM fetches WHERE url LIKE 'http://files.example/%'")
    assert {*refused} == {("refused",)}
    unsettled = contents[0]["unsettled"]
    assert [url.rpartition("/")[2] for [url] in unsettled] == ["r2021.html"]
    assert "/file/" in unsettled[0][0]


# --- Signs that a report may have changed ----------------------------------------------------------------------------


def test_what_a_list_shows_has_its_reports_asked_for(tmp_path: Path) -> None:
    """Something new, a later day beside an old one, or another title; and what is altered in the archive is had again."""
    new, new_rows = reports("/a/n", "星桥市审计局", range(2022, 2023))
    _, a_rows = reports("/a/r", AGENCY, YEARS)
    _, b_rows = reports("/b/r", "星桥市统计局", YEARS)
    later = f"<ul><li><a href='{b_rows[0][0]}'>{b_rows[0][1]}</a><span>{day(-1)}</span></li></ul>"
    pages = {
        **portal("a", AGENCY),
        **portal("b", "星桥市统计局"),
        **portal("c", "星桥市民政局"),
        **portal("d", "星桥市体育局"),
    }
    with serve(pages) as site:
        first, _ = night(site, tmp_path, "a", "b", "c", "d")
        [[digest]] = first.rows("SELECT sha256 FROM fetches WHERE url LIKE '%/c/r2021.html'")
        kept = tmp_path / "data" / "archive" / digest[:2] / digest
        whole = kept.read_bytes()
        kept.write_bytes(whole.replace(b"2021", b"2012"))
        site.pages |= {**new, "/a/": column(*new_rows, *a_rows), "/b/": column(*b_rows[1:], more=later)}
        site.pages["/a/r2020.html"] = corrected(AGENCY, 2020)
        site.pages["/d/"] = str(site.pages["/d/"]).replace(
            "2020年政府信息公开工作年度报告<", "2020年政府信息公开工作年度报告（更正）<"
        )
        second, asked = night(site, tmp_path, "a", "b", "c", "d")
        _, again = night(site, tmp_path, "a", CONFIRMED_AFTER=9)
    every = sorted([*new, *(href for href, _ in a_rows)])
    titled = [f"/d/r{year}.html" for year in YEARS]
    assert asked == {"a": every, "b": [b_rows[0][0]], "c": ["/c/r2021.html"], "d": titled}
    assert "Changed reports (1)" in second.out
    assert sha256(kept.read_bytes()).hexdigest() == digest
    assert again == {"a": []}


# --- What a page that rests still leads to ---------------------------------------------------------------------------


def test_a_file_that_a_budget_refused_is_asked_for_the_next_night(tmp_path: Path) -> None:
    pages = portal("nb", AGENCY)
    pages |= {"/nb/r2023.html": with_file(pages["/nb/r2023.html"], "/nb/f.pdf"), "/nb/f.pdf": FILE}
    with serve(pages) as site:
        first, asked = night(site, tmp_path, "nb", MAX_PAGES_PER_SEED=1 + len(YEARS))
        assert "/nb/f.pdf" not in asked["nb"]
        assert first.rows("SELECT url FROM unsettled") == [(f"{site.url}/nb/r2023.html",)]
        second, asked = night(site, tmp_path, "nb")
    assert asked == {"nb": ["/nb/f.pdf"]}
    assert second.rows("SELECT url FROM unsettled") == []


def test_a_run_killed_between_a_page_and_its_file_goes_on_with_the_file(tmp_path: Path) -> None:
    reached, released = threading.Event(), threading.Event()

    def slow(handler: Handler) -> None:
        reached.set()
        released.wait(20)
        handler.keep(FILE)

    pages = portal("nb", AGENCY)
    pages |= {"/nb/r2021.html": with_file(pages["/nb/r2021.html"], "/nb/f.pdf"), "/nb/f.pdf": slow}
    with serve(pages) as site:
        command = crawl_command(tmp_path, [f"{site.url}/nb/,,,"], DOWNLOAD_TIMEOUT=20)
        with subprocess.Popen(
            [sys.executable, "-m", "scrapy", *command], cwd=ROOT, stderr=subprocess.DEVNULL
        ) as killed:
            assert reached.wait(20)
            wait_for(lambda: in_log(tmp_path, [f"{site.url}/nb/r{year}.html" for year in YEARS]))
            killed.kill()
        released.set()
        wait_for(lambda: site.busy == 0)
        site.pages["/nb/f.pdf"] = FILE
        resumed, asked = night(site, tmp_path, "nb")
        assert asked == {"nb": ["/nb/f.pdf"]}
        content = dump(resumed.database)
        quiet, asked = night(site, tmp_path, "nb")
        assert asked == {"nb": []}
        assert dump(quiet.database) == content
        undisturbed, _ = night(site, tmp_path / "undisturbed", "nb")
    assert dump(undisturbed.database) == content


def in_log(folder: Path, urls: list[str]) -> bool:
    return {(url,) for url in urls} <= {*rows(folder / "data" / "annual_reports.db", "SELECT url FROM fetches")}


def wait_for(holds: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < 20
        time.sleep(0.05)
