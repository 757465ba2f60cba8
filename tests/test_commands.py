"""The commands as a user calls them: arguments, output, exit status."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.commands.demo import prepare
from crawler.demo.server import PORTAL
from tests.site import column, serve
from tests.site.run import ROOT, crawl, crawl_command, scrapy

GOOD = PORTAL / "list" / "nb" / "2022" / "content_306.html"
WRONG = PORTAL / "county" / "zfxxgknb" / "czj" / "content_313.html"
PDF = PORTAL / "list" / "nb" / "2024" / "content_308.pdf"
EARLY = ("概述", "主动公开政府信息情况", "依申请公开政府信息情况")
BROKEN = PORTAL / "county" / "zfxxgknb" / "mzj" / "P020240106000395112619.pdf"


@pytest.mark.parametrize("command", ["crawl", "extract", "coverage", "reextract", "demo"])
def test_help_explains_and_gives_an_example(command: str) -> None:
    run = scrapy(command, "-h")
    assert run.code == 0
    words = " ".join(run.out.split())
    assert "Exit status" in words
    assert f"Example: scrapy {command}" in words


def test_extract_one_json_line_a_file_in_the_order_given() -> None:
    run = scrapy("extract", "--json", str(PDF), str(GOOD))
    assert run.code == 0, run.err
    first, second = (json.loads(line) for line in run.out.splitlines())
    assert [first["file"], second["file"]] == [str(PDF), str(GOOD)]
    assert list(first)[:7] == ["file", "media_type", "outcome", "agency", "year", "template", "title"]
    assert (second["agency"], second["year"], second["template"]) == ("白鹭县教育局", 2022, "2021")
    assert {"table", "row", "item", "column", "state", "value", "raw", "at"} <= set(first["cells"][0])


def test_extract_says_what_does_not_add_up() -> None:
    run = scrapy("extract", str(GOOD), str(WRONG))
    assert run.code == 1
    assert "白鹭县教育局 2022; form of 2021" in run.out
    assert "FAIL row_total requests processed_total: expected 39681, printed 39683" in run.out


def test_extract_says_that_a_figure_could_not_be_read(tmp_path: Path) -> None:
    page, spoiled = tmp_path / "good.html", tmp_path / "spoiled.html"
    good = GOOD.read_text(encoding="utf-8")
    spoilt = good.replace(">0<", ">0①<", 1)
    assert spoilt != good
    page.write_text(good, encoding="utf-8")
    spoiled.write_text(spoilt, encoding="utf-8")
    assert [scrapy("extract", str(path)).code for path in (page, spoiled)] == [0, 1]


@pytest.mark.parametrize(("year", "code"), [(2009, 0), (2013, 0), (2022, 1)])
def test_extract_misses_no_tables_in_a_year_before_the_first_form(tmp_path: Path, year: int, code: int) -> None:
    text = "".join(
        f"<p>{number}、{name}</p><p>本年工作有序。</p>" for number, name in zip("一二三", EARLY, strict=True)
    )
    title = f"白鹭县教育局{year}年政府信息公开工作年度报告"
    path = tmp_path / "report.html"
    path.write_text(f"<h1>{title}</h1>{text}", encoding="utf-8")
    run = scrapy("extract", "--json", str(path))
    found = json.loads(run.out)
    assert (found["outcome"], found["template"], found["year"]) == ("partial", None, year)
    assert run.code == code


def test_extract_says_what_cannot_be_read_and_reads_the_rest(tmp_path: Path) -> None:
    run = scrapy("extract", "--json", str(tmp_path / "none.pdf"), str(tmp_path), str(BROKEN), str(GOOD))
    assert run.code == 2
    assert "none.pdf: cannot be opened: No such file" in run.err
    assert "is a folder" in run.err
    assert [json.loads(line)["outcome"] for line in run.out.splitlines()] == ["corrupt", "ok"]


def test_extract_keeps_control_characters_from_the_terminal(tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b[31mb.html"
    odd.write_bytes(GOOD.read_bytes())
    assert "\x1b" not in scrapy("extract", str(odd)).out


def test_extract_without_a_file_is_a_usage_error() -> None:
    assert scrapy("extract").code == 2


def test_coverage_and_reextract_without_a_database(tmp_path: Path) -> None:
    run = scrapy("coverage", "-s", f"DATA_DIR={tmp_path}")
    assert run.code == 2
    assert "scrapy crawl annual_reports" in run.err
    assert "Traceback" not in run.err


def test_coverage_shows_years_and_gaps(tmp_path: Path) -> None:
    title = "白鹭县教育局2022年政府信息公开工作年度报告"
    with serve({"/nb/": column(("/1.html", title)), "/1.html": GOOD.read_bytes()}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/")
    assert run.code == 0, run.out + run.err
    data = f"DATA_DIR={run.database.parent}"
    assert "白鹭县教育局" in scrapy("coverage", "-s", data).out
    found = json.loads(scrapy("coverage", "--json", "-s", data).out)
    statuses = {place["year"]: place["status"] for place in found["places"] if place["agency"] == "白鹭县教育局"}
    assert (statuses.pop(2022), statuses.pop(2023)) == ("complete", "not_found")
    assert set(statuses.values()) <= {"not_found", "not_yet_due"}
    again = scrapy("reextract", "--all", "-s", data)
    assert (again.code, again.out.strip()) == (0, "1 documents read: 1 ok")
    assert scrapy("reextract", "-s", data).out.strip() == "0 documents read"


def test_demo_will_not_empty_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    run = scrapy("demo", "--data-dir", str(tmp_path))
    assert run.code == 2
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_demo_begins_anew_unless_told_to_keep(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert prepare(folder, False, 0) == 0
    (folder / "demo-port").write_text("4242")
    (folder / "old").write_text("")
    assert prepare(folder, True, 0) == 4242
    assert (folder / "old").exists()
    assert prepare(folder, False, 0) == 0
    assert not (folder / "old").exists()


def test_demo_shows_everything_and_all_is_as_it_should_be(tmp_path: Path) -> None:
    run = scrapy("demo", "--data-dir", str(tmp_path / "demo"))
    assert run.code == 0, run.out + run.err
    assert "Every report and every figure came out as it is known to be." in run.out
    assert "砚溪市墨池区财政局 2022" in run.out
    assert run.out.count("sqlite-utils ") == 3


def test_a_terminal_gets_a_moving_line_and_the_digest(tmp_path: Path) -> None:
    with serve(
        {"/nb/": column(("/1.html", "白鹭县教育局2022年政府信息公开工作年度报告")), "/1.html": GOOD.read_bytes()}
    ) as site:
        command = [sys.executable, "-m", "scrapy", *crawl_command(tmp_path, [f"{site.url}/nb/,,,"], DOWNLOAD_DELAY=0.5)]
        main, child = pty.openpty()
        with subprocess.Popen(
            command, cwd=ROOT, stdout=child, stderr=child, env={**os.environ, "TERM": "xterm"}
        ) as process:
            os.close(child)
            shown = _read_all(main)
        os.close(main)
    assert process.returncode == 0, shown
    assert "pages" in shown
    assert "127.0.0.1" in shown
    assert "New reports (1)" in shown
    assert "Traceback" not in shown


def _read_all(descriptor: int) -> str:
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # the other end of a pseudo-terminal is gone
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts).decode(errors="replace")


def test_without_a_terminal_there_are_plain_lines(tmp_path: Path) -> None:
    with serve({"/nb/": column()}) as site:
        run = crawl(tmp_path, f"{site.url}/nb/", PROGRESS_INTERVAL_S=0.2, DOWNLOAD_DELAY=1)
    assert "pages, 0 documents, 0 read" in run.err
    assert "\x1b" not in run.err + run.out
    assert "reached, but no report was found under it" in run.out
    assert run.code == 1
