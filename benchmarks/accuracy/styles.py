"""Every manner of printing a report that the kit has, by format and style."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from tests.comparing import truths
from tests.kit import docx, form2014, html_styles, mht, ofd, pdf, rtf, scan, separated, styles2014, text_layouts, xlsx
from tests.kit.doc import converted
from tests.kit.prints import CHINESE_FONT, CHROMIUM, SOFFICE, by_chromium, by_libreoffice
from tests.kit.truth import Template, Truth, make_report

Report = Truth | form2014.Report
Render = Callable[[Sequence[Any]], list[bytes]]
Kind = Literal["full", "slow", "clean scan", "worn scan"]
"""How many reports are printed: as many as asked for, a quarter of them, those of ``--scans``, those of ``--worn``."""

_SLOW_SHARE = 4
_SURE = ("clean", "layout", "revisions", "slivers", "indented", "halves", "one_table")
"""Styles that LibreOffice saves as DOC as they are: in the others it shows text that is hidden."""
_PDF: dict[str, dict[str, Any]] = {
    "lines": {},
    "landscape": {"landscape": True},
    "boxes": {"rules": "boxes"},
    "fills": {"rules": "fills"},
    "narrow": {"narrow": True},
    "no lines": {"rules": "none"},
    "no lines, narrow": {"rules": "none", "narrow": True},
}

_SCANS: dict[str, tuple[scan.Wear, Kind]] = {
    "200 dpi": (scan.CLEAN, "clean scan"),
    "300 dpi": (scan.Wear(dpi=300), "clean scan"),
    "worn": (scan.WORN, "worn scan"),
    "poor": (scan.POOR, "worn scan"),
    "faint": (scan.FAINT, "worn scan"),
    "dirty": (scan.DIRTY, "worn scan"),
    "sealed": (scan.SEALED, "worn scan"),
    "marked": (scan.MARKED, "worn scan"),
    "fax": (scan.FAX, "worn scan"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """A format, a style in it, the reports it prints, and the name under which the file comes."""

    format: str
    name: str
    reports: Callable[[int], Sequence[Report]]
    render: Render
    hint: str = ""
    kind: Kind = "full"

    def print(self, count: int, scans: int = 0, worn: int = 0) -> Iterator[tuple[Report, bytes]]:
        """Yield reports and their files."""
        asked = {"full": count, "slow": max(1, count // _SLOW_SHARE), "clean scan": scans, "worn scan": worn}[self.kind]
        reports = self.reports(asked) if asked else ()
        return zip(reports, self.render(reports) if reports else (), strict=True)


def styles() -> Iterator[Style]:
    """Yield every style that can be printed on this machine."""
    yield from _texts()
    yield from (Style("html", name, truths, _each(style)) for name, style in html_styles.STYLES.items())
    yield from (Style("mht", name, truths, _each(style)) for name, style in mht.STYLES.items())
    yield from _pdfs()
    yield from (Style("ofd", name, truths, _each(style)) for name, style in ofd.STYLES.items())
    yield from (Style("docx", name, truths, _each(style)) for name, style in docx.STYLES.items())
    if SOFFICE:
        yield from (Style("doc", name, truths, _doc(docx.STYLES[name])) for name in _SURE)
    yield from (Style("rtf", name, truths, _each(style)) for name, style in rtf.STYLES.items())
    yield from (
        Style("xls" if name == "xls" else "xlsx", name, truths, _each(style)) for name, style in xlsx.STYLES.items()
    )
    yield from (Style("csv", name, truths, _each(style)) for name, style in separated.STYLES.items())
    yield from _form_of_2014()


def _texts() -> Iterator[Style]:
    """Yield the layouts of text twice: blank cells leave no trace in some of them, and cost what stands beside them."""
    for name, layout in text_layouts.LAYOUTS.items():
        form: Template = "2019" if name == "cell_lines" else "2021"  # that layout was seen with the older form only
        for blanks in (False, True):
            manner = f"{name}, with blanks" if blanks else name
            yield Style("text", manner, _reports(form, blanks), _each(_as_bytes(layout)), "report.txt")


def _reports(form: Template, blanks: bool) -> Callable[[int], Sequence[Truth]]:
    def made(count: int) -> Sequence[Truth]:
        return [
            make_report(seed, form if seed % 4 else "2019", "dense" if seed % 2 else "sparse", blanks=blanks)
            for seed in range(count)
        ]

    return made


def _pdfs() -> Iterator[Style]:
    yield from (Style("pdf", name, truths, _each(_printer(options))) for name, options in _PDF.items())
    if SOFFICE and CHINESE_FONT:
        yield Style("pdf", "office", truths, by_libreoffice)
    if CHROMIUM and CHINESE_FONT:
        yield Style("pdf", "browser", truths, lambda reports: [by_chromium(truth) for truth in reports], kind="slow")
    for name, (wear, kind) in _SCANS.items():
        yield Style("scan", name, truths, _each(_scanner(wear)), kind=kind)


def _form_of_2014() -> Iterator[Style]:
    for name, page in styles2014.HTML.items():
        yield Style("html 2014", name, _reports_of_2014, _each(page))
    for name, layout in styles2014.TEXT.items():
        yield Style("text 2014", name, _reports_of_2014, _each(_as_bytes(layout)), "report.txt")
    for name, rows in styles2014.TABLES.items():
        yield Style("pdf 2014", name, _reports_of_2014, _each(_printer_of_2014(rows)))


def _reports_of_2014(count: int) -> Sequence[form2014.Report]:
    return [
        form2014.make_report(seed, dense=bool(seed % 2), blanks=seed % 4 == 1, marks=seed % 4 == 2)
        for seed in range(count)
    ]


def _each(style: Callable[[Any, Random], bytes]) -> Render:
    return lambda reports: [style(report, Random(number)) for number, report in enumerate(reports)]


def _as_bytes(layout: Callable[[Any, Random], str]) -> Callable[[Any, Random], bytes]:
    return lambda report, rng: layout(report, rng).encode()


def _printer(options: dict[str, Any]) -> Callable[[Truth, Random], bytes]:
    return lambda truth, rng: pdf.render(truth, rng, **options)


def _printer_of_2014(rows: Callable[[form2014.Report], Any]) -> Callable[[form2014.Report, Random], bytes]:
    return lambda report, _rng: styles2014.to_pdf(report, rows(report))


def _scanner(wear: scan.Wear) -> Callable[[Truth, Random], bytes]:
    return lambda truth, rng: scan.scanned(pdf.render(truth, rng), wear)


def _doc(style: Callable[[Truth, Random], bytes]) -> Render:
    return lambda reports: converted(_each(style)(reports), "docx", "doc")
