"""Builds the demonstration portal: ``python -m tests.kit.demo_portal`` writes ``crawler/demo/`` anew.

Three systems share one host and port under /trs/, /list/ and /county/. ``truth.json`` beside the served folder says
what a crawl must find; ``seeds.csv`` has ``{port}`` where the server's port goes.
"""

import csv
import io
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.kit import demo_content as content
from tests.kit import demo_shell as shell
from tests.kit import html_page, pdf
from tests.kit.demo_content import Beside, Published
from tests.kit.demo_shell import Row
from tests.kit.html_styles import BODIES
from tests.kit.truth import Truth, make_report

DEMO = Path(__file__).parents[2] / "crawler" / "demo"

SITES = {"trs": "清江市水务局", "list": "白鹭县人民政府", "county": "砚溪市墨池区人民政府"}
OUTCOMES = {"page_and_corrupt": "narrative"}
PAGE_ROWS = 3


@dataclass(slots=True)
class Portal:
    """The files of the portal, the rows of each list, and what a crawl must find."""

    files: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    reports: list[dict[str, object]] = field(default_factory=list)
    others: list[dict[str, str]] = field(default_factory=list)

    def page(self, path: str, text: str, encoding: str = "utf-8") -> None:
        """Add a page."""
        self.files[path] = text.encode(encoding)

    def listed(self, folder: str, path: str, title: str, published: str) -> None:
        """Add a row to the list of a folder, with a link relative to it."""
        self.rows.setdefault(folder, []).append(Row("./" + path.removeprefix(folder + "/"), title, published))


def build() -> tuple[dict[str, bytes], str, str]:
    """Return the served files, ``truth.json`` and ``seeds.csv``; always the same."""
    portal = Portal()
    for number, report in enumerate(content.REPORTS, start=1):
        _publish(portal, report, number)
    for number, beside in enumerate(content.LOOK_ALIKES, start=1):
        _publish_beside(portal, beside, number)
    _publish_gone(portal)
    _publish_forbidden(portal)
    _lists(portal)
    portal.files["robots.txt"] = b"User-agent: *\nDisallow: /trs/private/\n"
    return portal.files, _truth_json(portal), _seeds_csv()


def _truth(report: Published, number: int) -> Truth:
    return make_report(
        7000 + number,
        report.template,
        "dense" if report.dense else "sparse",
        agency=(report.agency, report.region),
        year=report.year,
        **report.options,
    )


def _site(folder: str) -> str:
    return SITES[folder.split("/")[0]]


def _list_folder(report: Published) -> str:
    """The generic portal files by year; the others have one list for a folder."""
    return f"{report.folder}/{report.year}" if report.folder == content.LIST else report.folder


def _path(report: Published, truth: Truth, number: int, suffix: str = ".html") -> str:
    compact = truth.published.replace("-", "")
    if report.folder.startswith("trs"):
        return f"{report.folder}/{compact[:6]}/t{compact}_{1200 + number}{suffix}"
    return f"{_list_folder(report)}/content_{300 + number}{suffix}"


def _attachment(path: str, truth: Truth, number: int) -> str:
    """Name a file as TRS does, beside its page."""
    return f"{path.rpartition('/')[0]}/P0{truth.published.replace('-', '')}{395112600 + number:012d}.pdf"


def _publish(portal: Portal, report: Published, number: int) -> None:
    truth, rng = _truth(report, number), Random(number)
    if report.form == "file":
        path = _path(report, truth, number, ".pdf")
        portal.files[path] = _pdf(truth, rng, ("prose", "tables"))
        documents = [path]
    else:
        path = _path(report, truth, number)
        documents = _publish_page(portal, report, truth, path, number)
    portal.listed(_list_folder(report), path, truth.title, truth.published)
    portal.reports.append(_expected(report, truth, path, documents))


def _publish_page(portal: Portal, report: Published, truth: Truth, path: str, number: int) -> list[str]:
    rng, files, documents = Random(number), [], [path]
    body = BODIES[report.style](truth, rng)
    if report.form in ("page_and_tables", "page_and_corrupt"):
        body = "\n".join((html_page.title(truth), *(html_page.paragraphs(truth, part) for part in range(1, 7))))
    if report.form != "page":
        documents.append(_attachment(path, truth, number))
        parts = ("tables",) if report.form == "page_and_tables" else ("prose", "tables")
        corrupt = report.form == "page_and_corrupt"
        portal.files[documents[-1]] = _noise(rng) if corrupt else _pdf(truth, rng, parts)
        files.append(Row("./" + documents[-1].rpartition("/")[2], truth.title + ".pdf"))
    charset = "gb2312" if report.encoding == "gbk" else report.encoding
    text = shell.article(
        truth.title, truth.published, truth.agency, body, _site(path), files=tuple(files), charset=charset
    )
    portal.page(path, text, report.encoding)
    return documents


def _pdf(truth: Truth, rng: Random, parts: tuple[str, ...]) -> bytes:
    # Compressed bytes differ between builds of zlib, and the portal must come out the same everywhere.
    return pdf.render(truth, rng, rules="boxes", parts=parts, compress=False)


def _noise(rng: Random) -> bytes:
    return b"%PDF-1.4\n" + rng.randbytes(4000)


def _publish_beside(portal: Portal, beside: Beside, number: int) -> None:
    compact = beside.published.replace("-", "")
    path = f"{beside.folder}/{compact[:6]}/t{compact}_{90 + number}.html"
    body = "\n".join((f"<h1>{beside.title}</h1>", *(f"<p>{line}</p>" for line in beside.text)))
    portal.page(path, shell.article(beside.title, beside.published, _site(path), body, _site(path)))
    portal.listed(beside.folder, path, beside.title, beside.published)
    portal.others.append({"path": "/" + path, "outcome": "not_a_report", "kind": beside.kind})


def _publish_gone(portal: Portal) -> None:
    folder, title = _list_folder(content.GONE), f"{content.GONE.agency}2021年政府信息公开工作年度报告"
    path = f"{folder}/content_299.html"
    portal.page(path, shell.gone(_site(path)))
    portal.listed(folder, path, title, "2022-01-19")
    portal.others.append({"path": "/" + path, "outcome": "soft_404", "kind": "gone"})


def _publish_forbidden(portal: Portal) -> None:
    truth = _truth(content.FORBIDDEN, 99)
    path = f"{content.FORBIDDEN.folder}/t{truth.published.replace('-', '')}_1299.html"
    portal.page(
        path, shell.article(truth.title, truth.published, truth.agency, BODIES["clean"](truth, Random(99)), _site(path))
    )
    portal.rows[content.TRS].append(Row("/" + path, truth.title, truth.published))
    portal.others.append({"path": "/" + path, "outcome": "robots", "kind": "forbidden"})


def _newest_first(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.published, reverse=True))


def _lists(portal: Portal) -> None:
    _trs_lists(portal)
    _year_lists(portal)
    _agency_lists(portal)
    for prefix, column in (("trs", "zfxxgk/zfxxgknb/"), ("list", "nb/"), ("county", "zfxxgknb/")):
        home = (Row("./" + column, "政府信息公开年报"),)
        portal.page(f"{prefix}/index.html", shell.listing("政府信息公开", home, SITES[prefix], trail="政府信息公开"))
    rows = tuple(Row(f"./{prefix}/", name) for prefix, name in SITES.items())
    portal.page("index.html", shell.listing("政府信息公开", rows, "云澜省演示门户", trail="政府信息公开"))


def _trs_lists(portal: Portal) -> None:
    rows = _newest_first(portal.rows[content.TRS])
    pages = [rows[start : start + PAGE_ROWS] for start in range(0, len(rows), PAGE_ROWS)]
    for number, part in enumerate(pages):
        name = f"index_{number}.html" if number else "index.html"
        pager = shell.trs_pager(len(pages), number)
        portal.page(f"{content.TRS}/{name}", shell.listing("政府信息公开年报", part, SITES["trs"], pager))


def _year_lists(portal: Portal) -> None:
    folders = sorted((folder for folder in portal.rows if folder.startswith(content.LIST)), reverse=True)
    years = tuple(Row(f"./{folder.rpartition('/')[2]}/", f"{folder.rpartition('/')[2]}年") for folder in folders)
    portal.page(f"{content.LIST}/index.html", shell.listing("政府信息公开年报", years, SITES["list"]))
    for folder in folders:
        year, rows = folder.rpartition("/")[2], _newest_first(portal.rows[folder])
        trail = f"{shell.CRUMBS} &gt; {year}年"
        more = len(rows) > 1
        pager = shell.href_pager("", "./list_2.html" if more else "")
        portal.page(f"{folder}/index.html", shell.listing(f"{year}年", rows[:1], SITES["list"], pager, trail))
        if more:
            pager = shell.href_pager("./index.html", "")
            portal.page(f"{folder}/list_2.html", shell.listing(f"{year}年", rows[1:], SITES["list"], pager, trail))


def _agency_lists(portal: Portal) -> None:
    names = {"czj": content.FINANCE, "mzj": content.CIVIL, "xqjd": content.STREET}
    rows = tuple(Row(f"./{folder}/", name) for folder, name in names.items())
    notices = _newest_first(portal.rows[content.AGENCIES])
    portal.page(f"{content.AGENCIES}/index.html", shell.listing("政府信息公开年报", rows + notices, SITES["county"]))
    for name, agency in names.items():
        folder = f"{content.AGENCIES}/{name}"
        trail = f"{shell.CRUMBS} &gt; {agency}"
        reports = _newest_first(portal.rows[folder])
        portal.page(f"{folder}/index.html", shell.listing(agency, reports, SITES["county"], trail=trail))


def _expected(report: Published, truth: Truth, path: str, documents: list[str]) -> dict[str, object]:
    narrative = report.form == "page_and_corrupt"
    return {
        "agency": truth.agency,
        "region": truth.region,
        "year": truth.year,
        "template": truth.template,
        "title": truth.title,
        "published": truth.published,
        "outcome": OUTCOMES.get(report.form, "complete"),
        "consistent": None if narrative else truth.consistent,
        "form": report.form,
        "path": "/" + path,
        "documents": ["/" + document for document in documents],
        "cells": {} if narrative else cells_by_name(truth),
    }


def cells_by_name(truth: Truth) -> dict[str, int | float | str | None]:
    """Return ``table/row[:item]/column`` → value, or the state of a cell that has none."""
    return {
        f"{cell['table']}/{cell['row']}{':' + cell['item'] if cell['item'] else ''}/{cell['column']}": (
            cell["value"] if cell["state"] == "reported" else cell["state"]
        )
        for cell in truth.cells
    }


def _truth_json(portal: Portal) -> str:
    missing = [{"agency": agency, "region": region, "year": year} for agency, region, year in content.MISSING]
    missing.append({"agency": content.GONE.agency, "region": content.GONE.region, "year": content.GONE.year})
    found = {"reports": portal.reports, "missing": missing, "others": portal.others}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _seeds_csv() -> str:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(("url", "agency", "region", "note"))
    base = "http://127.0.0.1:{port}/"
    write.writerow((base + content.TRS + "/", content.WATER, content.CITY, "a column of one agency"))
    write.writerow((base + "list/", "", content.COUNTY, "a portal's home page; reports filed by year"))
    write.writerow((base + content.AGENCIES + "/", "", content.DISTRICT, "a column filed by agency"))
    return out.getvalue()


def write(folder: Path = DEMO) -> int:
    """Write the portal into a folder, replacing the one there, and return the number of served files."""
    files, truth, seeds = build()
    shutil.rmtree(folder / "portal", ignore_errors=True)
    for path, data in files.items():
        target = folder / "portal" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (folder / "truth.json").write_text(truth, encoding="utf-8", newline="\n")
    (folder / "seeds.csv").write_text(seeds, encoding="utf-8", newline="\n")
    return len(files)


if __name__ == "__main__":
    print(f"{write()} files in {DEMO / 'portal'}")
