"""Records of the reader: what a document holds, what a form says, and what was found.

Vocabulary (Chinese term -> our word): 政府信息公开工作年度报告 -> annual report; 年报栏目 -> column; 申请 -> request;
予以公开 -> granted; 部分公开 -> granted in part; 不予公开 -> refused; 无法提供 -> unavailable; 不予处理 -> unprocessed;
上年结转 / 结转下年度 -> carried in / carried out; 行政复议 -> reconsideration; 行政诉讼 -> litigation; 主动公开 -> disclosure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

State = Literal["reported", "blank", "mark", "unreadable", "absent"]
"""What stands in a template cell.

``reported``: a number is printed, the only state with a value; ``blank``: the cell is there and empty; ``mark``: a
printed non-number such as ``/`` ``—`` ``无``; ``unreadable``: something is printed but no certain number; ``absent``:
the document has no such row or column.
"""

Verdict = Literal["PASS", "FAIL", "NOT_ASSESSABLE"]

Outcome = Literal[
    "ok",
    "partial",
    "not_a_report",
    "needs_ocr",
    "encrypted",
    "unsupported",
    "corrupt",
    "too_big",
    "timeout",
    "memory",
    "crashed",
]
"""How the reading of one document ended; every document ends in exactly one."""

Number = int | float


class Paragraph(NamedTuple):
    """A run of text outside tables. ``at`` is its place in the source (``line 12``, ``p3``, ``page 2 line 4``)."""

    text: str
    at: str
    role: Literal["body", "title"] = "body"


class GridCell(NamedTuple):
    """One printed cell of a table. A merged cell is *one* cell that covers ``row_span`` x ``column_span`` positions.

    A tuple because a report has a thousand of them: made, compared and hashed four times as fast as a dataclass.
    """

    row: int
    column: int
    text: str
    at: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a rectangle of positions, each covered by at most one cell.

    ``aligned`` is True when a cell's column index is the printed column (HTML, ruled PDF, DOCX) and False when
    only the order of the cells in each row can be believed (tables flattened to text). ``complete`` is False when
    cells may also have been lost or added on the way (blank cells above all).
    """

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    at: str
    aligned: bool = True
    complete: bool = True

    def in_row(self, row: int) -> Iterator[GridCell]:
        """Yield the cells that begin in a row, left to right."""
        return (cell for cell in sorted(self.cells, key=lambda c: (c.row, c.column)) if cell.row == row)

    def positions(self) -> dict[tuple[int, int], GridCell]:
        """Map every covered (row, column) position to the cell that covers it."""
        return {
            (cell.row + down, cell.column + right): cell
            for cell in self.cells
            for down in range(cell.row_span)
            for right in range(cell.column_span)
        }


Block = Paragraph | Grid


_NOWHERE: dict[str, str] = {}


class Finding(NamedTuple):
    """One thing that was checked or noticed. ``where`` has the keys table, row, item, column, as far as they apply."""

    rule: str
    verdict: Verdict
    where: dict[str, str] = _NOWHERE
    expected: Number | str | None = None
    actual: Number | str | None = None
    cause: Literal["source", "reading"] | None = None
    detail: str = ""


RECOGNISED = "ocr"
"""Rule of the finding that marks what was read from pictures."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a format reader makes of bytes: blocks in reading order, and the metadata the file states of itself.

    ``metadata`` holds (name, value) pairs such as ``("title", …)``, ``("PubDate", …)``, ``("ContentSource", …)``,
    ``("SiteName", …)``, ``("发布机构", …)``: facts beside the text, weaker than the text.
    ``notes`` are findings about the reading of the format itself (a charset that lied, a row cut by the page).
    """

    media_type: str
    blocks: tuple[Block, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def is_recognised(self) -> bool:
        """Whether any of it was read from pictures: what is not found there may only not be legible."""
        return any(note.rule == RECOGNISED for note in self.notes)


class FormCell(NamedTuple):
    """One cell of the form as read. ``value`` is set only when ``state`` is ``reported``; money is in 万元.

    A tuple for the reason that ``GridCell`` is one.
    """

    table: str
    row: str
    item: str | None
    column: str
    state: State
    value: Number | None
    raw: str
    at: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections: its number, its heading as printed, and its text without the tables."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reported for which year, as far as the document itself says. ``published`` is an ISO date (Asia/Shanghai)."""

    agency: str | None = None
    year: int | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document (the JSON of ``extract.reading.to_json``)."""

    media_type: str
    outcome: Outcome
    agency: str | None = None
    year: int | None = None
    template: str | None = None
    title: str | None = None
    published: str | None = None
    sections: tuple[Section, ...] = ()
    cells: tuple[FormCell, ...] = ()
    findings: tuple[Finding, ...] = ()
    detail: str = ""
