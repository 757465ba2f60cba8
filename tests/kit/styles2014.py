"""The statistics table of 2014 in pages, flattened text and PDF; see ``HTML`` and ``TEXT``."""

from collections.abc import Callable, Iterator
from random import Random

from tests.kit import pdf
from tests.kit.form2014 import HEADINGS, Line, Report
from tests.kit.html_tables import escaped, table
from tests.kit.pdf_file import Canvas, Rules, wrap
from tests.kit.tables import Box, Rows

HEADER = ("统计指标", "单位", "统计数")


def _row(*texts: str) -> list[Box]:
    return [Box(text) for text in texts]


def _line(line: Line) -> list[Box]:
    return [Box(line.label), Box(line.unit), Box(line.text, is_value=True)]


def plain(report: Report) -> Rows:
    """Label, unit and number, as the circular prints it."""
    return [_row(*HEADER), *(_line(line) for line in report.lines)]


def no_units(report: Report) -> Rows:
    """Without a column of units; money says its unit in its label."""
    rows = [_row("指标名称", "数量")]
    for line in report.lines:
        hint = "（万元）" if line.unit == "万元" else ""
        rows.append([Box(line.label + hint), Box(line.text, is_value=True)])
    return rows


def numbered(report: Report) -> Rows:
    """A column of running numbers in front, remarks behind."""
    rows = [_row("序号", *HEADER, "备注")]
    return rows + [[Box(str(place)), *_line(line), Box("")] for place, line in enumerate(report.lines, 1)]


def halves(report: Report) -> Rows:
    """Two halves side by side."""
    lines = list(report.lines)
    middle = (len(lines) + 1) // 2
    right = [_line(line) for line in lines[middle:]] + [_row("", "", "")] * (2 * middle - len(lines))
    return [_row(*HEADER, *HEADER), *([*_line(one), *two] for one, two in zip(lines[:middle], right, strict=True))]


def numbered_halves(report: Report) -> Rows:
    """Two halves side by side, each with running numbers."""
    rows = halves(report)
    middle = len(rows) - 1
    out = [[Box("序号"), *rows[0][:3], Box("序号"), *rows[0][3:]]]
    for place, row in enumerate(rows[1:], 1):
        second = str(place + middle) if row[3].text else ""
        out.append([Box(str(place)), *row[:3], Box(second), *row[3:]])
    return out


def spanning_groups(report: Report) -> Rows:
    """Labels that head others are merged over the whole width."""
    return [
        [*_row(*HEADER)],
        *(_line(line) if line.row else [Box(line.label, colspan=3)] for line in report.lines),
    ]


def groups_beside(report: Report) -> Rows:
    """The parts of the form as merged cells beside their rows."""
    out: Rows = [[Box("项目", colspan=2), Box("单位"), Box("统计数")]]
    for part in _parts(report.lines):
        head, rest = part[0], part[1:]
        if head.row or not rest:
            out.append([Box(head.label, colspan=2), *_line(head)[1:]])
            out += [[Box(line.label, colspan=2), *_line(line)[1:]] for line in rest]
        else:
            out += [[*([Box(head.label, rowspan=len(rest))] if line is rest[0] else []), *_line(line)] for line in rest]
    return out


def _parts(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    part: list[Line] = []
    for line in lines:
        if line.label[1:2] == "、" and part:
            yield part
            part = []
        part.append(line)
    yield part


def last_year_too(report: Report) -> Rows:
    """A second column of numbers, for the year before."""
    rows = [_row(*HEADER, "上年统计数")]
    return rows + [[*_line(line), Box(str(place * 3) if line.row else "")] for place, line in enumerate(report.lines)]


TABLES: dict[str, Callable[[Report], Rows]] = {
    style.__name__: style
    for style in (
        plain,
        no_units,
        numbered,
        halves,
        numbered_halves,
        spanning_groups,
        groups_beside,
        last_year_too,
    )
}
"""The table as boxes; each is a style of page, and of PDF."""


def _story(report: Report) -> Iterator[str]:
    for heading, paragraphs in zip(HEADINGS, report.sections, strict=True):
        yield heading
        yield from paragraphs
    if report.lines:
        yield "附表：政府信息公开情况统计表"


def _page(report: Report, tables: str) -> bytes:
    prose = "\n".join(f"<p>{line}</p>" for line in _story(report))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{report.title}</title>"
        f"<meta name='PubDate' content='{report.published}'></head><body><div class='article'>"
        f"<h1>{report.title}</h1>\n{prose}\n{tables}</div></body></html>"
    ).encode()


def _style(rows: Callable[[Report], Rows]) -> Callable[[Report, Random], bytes]:
    return lambda report, _rng: _page(report, table(rows(report)))


def word(report: Report, rng: Random) -> bytes:
    """Pasted from Word: a paragraph in every cell, numbers cut in spans, white space around."""

    def inner(box: Box) -> str:
        text = escaped(box)
        cut = "".join(f"<span lang='EN-US'>{sign}</span>" for sign in text) if box.is_value else f"<span>{text}</span>"
        return f"<p class='MsoNormal'>{cut}{rng.choice(('', '&nbsp;', '<o:p></o:p>'))}</p>"

    return _page(report, table(plain(report), inner))


def cut(report: Report, rng: Random) -> bytes:
    """Two tables, the second without a header."""
    rows = plain(report)
    at = rng.randint(8, len(rows) - 3)
    return _page(report, table(rows[:at]) + "\n<p>续表</p>\n" + table(rows[at:]))


HTML: dict[str, Callable[[Report, Random], bytes]] = {
    **{name: _style(rows) for name, rows in TABLES.items()},
    "word": word,
    "cut": cut,
}


def _text(report: Report, rows: list[str]) -> str:
    return "\n\n".join([report.title, *_story(report)]) + "\n\n" + "\n".join(rows) + "\n\n" + report.agency + "\n"


def tabs(report: Report, rng: Random) -> str:
    """A line for every row, cells set off by tabs."""
    return _text(report, ["\t".join(box.text for box in row) for row in plain(report)])


def tabs_numbered(report: Report, rng: Random) -> str:
    """Running numbers before every tabbed row."""
    return _text(report, ["\t".join(box.text for box in row) for row in numbered(report)])


def tabs_halves(report: Report, rng: Random) -> str:
    """Two halves side by side in tabbed rows."""
    return _text(report, ["\t".join(box.text for box in row) for row in halves(report)])


def bars(report: Report, rng: Random) -> str:
    """Every cell closed by a bar, one cell a line."""
    return _text(report, [f"{box.text} |" for row in plain(report) for box in row])


def bars_below(report: Report, rng: Random) -> str:
    """Every cell on a line, its bar on the next."""
    return _text(report, [line for row in plain(report) for box in row for line in (box.text, "|") if line])


def cell_lines(report: Report, rng: Random) -> str:
    """Every cell on a line with a tab before it, an empty line between rows."""
    rows = ("\n".join("\t" + box.text for box in row) + "\n" for row in plain(report))
    return _text(report, list(rows))


def lines(report: Report, rng: Random) -> str:
    """The text layer of a PDF: long labels broken anywhere, unit and number behind the last piece."""
    out = [" ".join(HEADER)]
    for line in report.lines:
        pieces = _broken(line.label, rng)
        out += [*pieces[:-1], " ".join(filter(None, (pieces[-1], line.unit, line.text)))]
    return _text(report, out)


def lines_numbered(report: Report, rng: Random) -> str:
    """The text layer of a PDF with running numbers."""
    out = [" ".join(("序号", *HEADER))]
    for place, line in enumerate(report.lines, 1):
        pieces = _broken(line.label, rng)
        out += [str(place), *pieces[:-1], " ".join(filter(None, (pieces[-1], line.unit, line.text)))]
    return _text(report, out)


def _broken(label: str, rng: Random) -> list[str]:
    width = rng.randint(9, 18)
    return [label[start : start + width] for start in range(0, len(label), width)]


TEXT: dict[str, Callable[[Report, Random], str]] = {
    layout.__name__: layout
    for layout in (tabs, tabs_numbered, tabs_halves, bars, bars_below, cell_lines, lines, lines_numbered)
}
SHOWS_BLANKS = ("tabs", "tabs_numbered", "tabs_halves", "bars", "bars_below", "cell_lines")
"""Layouts of text in which an empty cell can be seen."""


def narrative_page(report: Report) -> bytes:
    """A page without any table."""
    return _page(report, "")


def narrative_text(report: Report) -> str:
    """Text without any table."""
    return _text(report, [])


def to_pdf(report: Report, rows: Rows, rules: Rules = "lines") -> bytes:
    """Print a report with a table that goes on over pages."""
    writer = pdf._Writer(Canvas(595.0, 842.0, rules), narrow=False)
    for line in (report.title, *_story(report)):
        for piece in wrap(line, pdf.PROSE, 595.0 - 2 * pdf.MARGIN):
            writer.line(piece, pdf.PROSE)
    writer.table(rows)
    return writer.finish().to_bytes(compress=True)
