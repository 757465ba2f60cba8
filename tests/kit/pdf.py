"""A report as a PDF with ruled tables that go on over pages and a page number at each foot."""

from random import Random
from typing import Literal

from tests.kit import form, tables
from tests.kit.pdf_file import Canvas, Rules, text_width, wrap
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth

Align = Literal["left", "centre", "right"]

MARGIN = 60.0
PROSE, CELL, TITLE = 12.0, 9.0, 18.0
PADDING = 2.0
_SHIFT: dict[Align, float] = {"left": 0.0, "centre": 0.5, "right": 1.0}
_TOGETHER = 4  # a table's first rows, its header among them, are never parted


def render(
    truth: Truth,
    rng: Random | None = None,
    *,
    landscape: bool = False,
    rules: Rules = "lines",
    narrow: bool = False,
    align: Align = "centre",
    parts: tuple[str, ...] = ("prose", "tables"),
    compress: bool = True,
) -> bytes:
    """Print a report; ``narrow`` makes the figures' columns so narrow that long numbers are cut inside their cell, ``align``
    says where figures stand in them.

    ``rng`` places the title and the first section higher or lower, and with them every page break. ``parts`` may leave
    out the prose (an attachment that holds only the tables) or the tables.
    """
    width, height = (842.0, 595.0) if landscape else (595.0, 842.0)
    canvas = Canvas(width, height, rules)
    return draw(truth, canvas, rng, narrow=narrow, align=align, parts=parts).to_bytes(compress=compress)


def draw(
    truth: Truth,
    canvas: Canvas,
    rng: Random | None = None,
    *,
    narrow: bool = False,
    align: Align = "centre",
    parts: tuple[str, ...] = ("prose", "tables"),
) -> Canvas:
    """Print a report on the pages of a canvas, and return it."""
    writer, width = _Writer(canvas, narrow, align), canvas.width
    writer.down((rng or Random(truth.seed)).uniform(0, 120))
    for line in wrap(truth.title, TITLE, width - 2 * MARGIN):
        writer.line(line, TITLE, "centre")
    written = {2: tables.disclosure, 3: tables.requests, 4: tables.review}
    for number in range(1, 7):
        writer.line(form.HEADINGS[number - 1], PROSE)
        for paragraph in truth.sections[number - 1] if "prose" in parts else ():
            for line in wrap("　　" + paragraph, PROSE, width - 2 * MARGIN):
                writer.line(line, PROSE)
        if number in written and "tables" in parts:
            writer.table(written[number](truth))
    year, month, day = truth.published.split("-")
    writer.line(truth.agency, PROSE, "right")
    writer.line(f"{year}年{int(month)}月{int(day)}日", PROSE, "right")
    return writer.finish()


class _Writer:
    """Fills pages from the top down."""

    def __init__(self, canvas: Canvas, narrow: bool, align: Align = "centre") -> None:
        self.canvas, self.narrow, self.align = canvas, narrow, align
        self.y = canvas.height - MARGIN

    def finish(self) -> Canvas:
        self._foot()
        return self.canvas

    def _foot(self) -> None:
        self.canvas.centred(0, self.canvas.width, MARGIN / 2, CELL, f"- {len(self.canvas.pages)} -")

    def next_page(self) -> None:
        self._foot()
        self.canvas.pages.append([])
        self.y = self.canvas.height - MARGIN

    def down(self, points: float) -> None:
        self.y -= points

    def line(self, text: str, size: float, place: Align = "left") -> None:
        if self.y - 1.6 * size < MARGIN:
            self.next_page()
        self.y -= 1.6 * size
        room = self.canvas.width - 2 * MARGIN - text_width(text, size)
        self.canvas.text(MARGIN + _SHIFT[place] * room, self.y, size, text)

    def table(self, rows: Rows) -> None:
        """Rule a table, breaking between rows; the label of a cell that goes on is printed once."""
        edges = self._edges(rows)
        while rows:
            heights = _heights(rows, edges)
            fitting = next(
                (index for index in range(len(rows)) if sum(heights[: index + 1]) > self.y - MARGIN), len(rows)
            )
            if fitting < min(_TOGETHER, len(rows)):
                self.next_page()
                continue
            chunk, rows = tables.cut(rows, fitting, repeat_label=False)
            self._rule(chunk, edges, _heights(chunk, edges))
        self.down(PROSE)

    def _edges(self, rows: Rows) -> list[float]:
        """Return the x of every column edge: columns of figures are equally wide, labels take the rest."""
        columns, room = tables.width(rows), self.canvas.width - 2 * MARGIN
        if columns == 15:
            widths = [room / 15] * 15
        elif columns == 10:
            figure = 20.0 if self.narrow else room * 0.075
            labels = room - 7 * figure
            widths = [labels * 0.2, labels * 0.25, labels * 0.55, *[figure] * 7]
        else:
            widths = [room / columns] * columns
        return [MARGIN + sum(widths[:index]) for index in range(columns + 1)]

    def _rule(self, rows: Rows, edges: list[float], heights: list[float]) -> None:
        tops = [self.y - sum(heights[:index]) for index in range(len(rows) + 1)]
        for row, column, box in _placed(rows):
            left, right = edges[column], edges[column + box.colspan]
            top, bottom = tops[row], tops[row + box.rowspan]
            self.canvas.frame(left, bottom, right, top)
            lines = wrap(box.text, CELL, right - left - 2 * PADDING)
            y = (top + bottom) / 2 + len(lines) * CELL * 0.6 - CELL
            for text in lines:
                room = right - left - 2 * PADDING - text_width(text, CELL)
                x = left + PADDING + _SHIFT[self.align if box.is_value else "centre"] * room
                self.canvas.text(x, y, CELL, text)
                y -= CELL * 1.2
        self.y = tops[-1]


def _placed(rows: Rows) -> list[tuple[int, int, Box]]:
    grid = tables.positions(rows)
    return [
        (row, column, box)
        for row, line in enumerate(grid)
        for column, (box, top, left) in enumerate(line)
        if top and left
    ]


def _heights(rows: Rows, edges: list[float]) -> list[float]:
    """Return row heights that hold every cell's lines; what a spanning cell lacks is added to its last row."""
    heights = [CELL * 1.2 + 2 * PADDING] * len(rows)
    for row, column, box in sorted(_placed(rows), key=lambda placed: placed[2].rowspan):
        room = edges[column + box.colspan] - edges[column] - 2 * PADDING
        needed = len(wrap(box.text, CELL, room)) * CELL * 1.2 + 2 * PADDING
        last = row + box.rowspan
        heights[last - 1] += max(0.0, needed - sum(heights[row:last]))
    return heights
