"""A story (lines and tables, whatever happened to them) as a file of every format."""

import html
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import openpyxl

from tests.kit import docx, html_page, pdf, rtf, separated, tables, xlsx
from tests.kit.html_tables import table as html_table
from tests.kit.mht import message, part
from tests.kit.ofd import OfdCanvas
from tests.kit.pdf_file import Canvas, wrap
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth

Story = Sequence[str | Rows]
Print = Callable[[Truth, Story], bytes]


def tiled(rows: Rows) -> Rows:
    """Make boxes tile their table again, as a browser places them: cells are cut, holes become empty cells."""
    taken: dict[tuple[int, int], None] = {}
    placed: list[list[tuple[int, Box]]] = []
    for top, row in enumerate(rows):
        column = 0
        placed.append([])
        for box in row:
            while (top, column) in taken:
                column += 1
            width = next((n for n in range(1, box.colspan) if (top, column + n) in taken), box.colspan)
            depth = min(box.rowspan, len(rows) - top)
            taken |= {(top + down, column + right): None for down in range(depth) for right in range(width)}
            placed[-1].append((column, replace(box, colspan=width, rowspan=depth)))
            column += width
    columns = 1 + max((column for _, column in taken), default=0)
    for top, line in enumerate(placed):
        value = any(box.is_value for _, box in line)
        line += [(column, Box("", is_value=value)) for column in range(columns) if (top, column) not in taken]
    return [[box for _, box in sorted(line, key=lambda pair: pair[0])] for line in placed]


def as_html(truth: Truth, story: Story) -> bytes:
    """Write a page of a portal."""
    parts = [f"<p>{html.escape(one)}</p>" if isinstance(one, str) else html_table(one) for one in story]
    return html_page.page(truth, Random(truth.seed), "\n".join(parts)).encode()


def as_mht(truth: Truth, story: Story) -> bytes:
    """Write a web archive."""
    return message(part(as_html(truth, story), 'text/html; charset="utf-8"', "quoted-printable", "a.htm"))


def as_docx(_truth: Truth, story: Story) -> bytes:
    """Write a DOCX."""
    return docx.package(
        "".join(docx.paragraph(one) if isinstance(one, str) else docx.table(tiled(one)) for one in story if one)
    )


def as_rtf(_truth: Truth, story: Story) -> bytes:
    """Write an RTF."""
    parts = (
        f"\\pard\\plain {rtf.unicode(one)}\\par\n" if isinstance(one, str) else rtf.table(tiled(one), rtf.unicode)
        for one in story
        if one
    )
    return rtf.document("".join(parts))


def as_xlsx(_truth: Truth, story: Story) -> bytes:
    """Write a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet, top = book.active, 1
    for one in story:
        if isinstance(one, str):
            sheet.cell(top, 1).value = one
            top += 1
        elif one:
            top = xlsx._write(sheet, top, tiled(one), xlsx.as_number)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_csv(_truth: Truth, story: Story) -> bytes:
    """Write a file of separated values."""
    return separated.written([one if isinstance(one, str) else tiled(one) for one in story if one]).encode()


def as_pdf(_truth: Truth, story: Story) -> bytes:
    """Write a PDF with ruled tables."""
    return _drawn(story, Canvas(595.0, 842.0, "lines")).to_bytes(compress=True)


def as_ofd(_truth: Truth, story: Story) -> bytes:
    """Write an OFD with ruled tables."""
    return _drawn(story, OfdCanvas(595.0, 842.0, "lines")).to_bytes()


def _drawn(story: Story, canvas: Canvas) -> Canvas:
    writer = pdf._Writer(canvas, narrow=False)
    for one in story:
        if not isinstance(one, str):
            if one:
                writer.table(tiled(one))
            continue
        for line in wrap(one, pdf.PROSE, 595.0 - 2 * pdf.MARGIN):
            writer.line(line, pdf.PROSE)
    return writer.finish()


def _texts(rows: Rows) -> list[list[str]]:
    """Give the texts of all positions, those of merged cells once."""
    return [[box.text if top and left else "" for box, top, left in line] for line in tables.positions(tiled(rows))]


def as_tabs(_truth: Truth, story: Story) -> bytes:
    """Write text with tabs between cells."""
    blocks = (one if isinstance(one, str) else "\n".join("\t".join(row) for row in _texts(one)) for one in story if one)
    return "\n\n".join(blocks).encode()


def as_bars(_truth: Truth, story: Story) -> bytes:
    """Write text with every cell closed by a bar, one a line."""
    blocks = (
        one if isinstance(one, str) else "\n".join(f"{box.text} |" for row in tiled(one) for box in row)
        for one in story
        if one
    )
    return "\n\n".join(blocks).encode()


def as_cell_lines(_truth: Truth, story: Story) -> bytes:
    """Write text with a cell a line behind a tab, and an empty line between rows."""
    blocks = (
        one
        if isinstance(one, str)
        else "\n\n".join("\n".join("\t" + box.text for box in row) for row in tiled(one)) + "\n"
        for one in story
        if one
    )
    return "\n\n".join(blocks).encode()


def as_lines(_truth: Truth, story: Story) -> bytes:
    """Write a PDF's text: the words of a row, then its numbers."""
    blocks = (one if isinstance(one, str) else "\n".join(_printed(one)) for one in story if one)
    return "\n\n".join(blocks).encode()


def _printed(rows: Rows) -> list[str]:
    return [" ".join(box.text for box in row if box.text) for row in tiled(rows)]


PRINTS: dict[str, tuple[Print, str]] = {
    "html": (as_html, ""),
    "mht": (as_mht, ""),
    "docx": (as_docx, ""),
    "rtf": (as_rtf, ""),
    "xlsx": (as_xlsx, ""),
    "csv": (as_csv, "report.csv"),
    "pdf": (as_pdf, ""),
    "ofd": (as_ofd, ""),
    "tabs": (as_tabs, "report.txt"),
    "bars": (as_bars, "report.txt"),
    "cell_lines": (as_cell_lines, "report.txt"),
    "lines": (as_lines, "report.txt"),
}
"""How a story is printed, and the name under which the file comes."""
