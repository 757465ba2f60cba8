"""Tables of a page laid out with blocks instead of table elements; see ``LAYOUTS``."""

from collections.abc import Callable

from tests.kit.html_tables import escaped
from tests.kit.tables import Box, Rows, positions

Layout = Callable[[Rows], str]


def _full(rows: Rows) -> list[list[str]]:
    """Return the text of every position; a merged cell's stands in its first one alone."""
    return [[escaped(box) if is_top and is_left else "" for box, is_top, is_left in line] for line in positions(rows)]


def _in(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{text}</{name}>"


def divs(rows: Rows) -> str:
    """A cell for every position."""
    lines = (
        _in("div", "".join(_in("div", text, " class='td'") for text in line), " class='tr'") for line in _full(rows)
    )
    return _in("div", "".join(lines), " class='table'")


def merged_divs(rows: Rows) -> str:
    """One cell for a merged one, as wide as a style sheet makes it."""
    lines = (_in("div", "".join(_in("div", f"<p>{escaped(box)}</p>") for box in row)) for row in rows)
    return _in("div", "".join(lines))


def head_apart(rows: Rows) -> str:
    """Rows above the first figure in a block of their own."""
    lines = [_in("ul", "".join(_in("li", text) for text in line)) for line in _full(rows)]
    first = next(number for number, row in enumerate(rows) if any(box.is_value for box in row))
    return _in("div", _in("div", "".join(lines[:first])) + _in("div", "".join(lines[first:])))


def spans(rows: Rows) -> str:
    """Paragraphs of words that a style sheet sets apart, right among the text."""
    return "".join(_in("p", "".join(_in("span", text, " class='c'") for text in line)) for line in _full(rows))


def figures_apart(rows: Rows) -> str:
    """The figures of a row in a block of their own beside its label."""

    def line(row: list[Box]) -> str:
        labels = "".join(_in("div", escaped(box)) for box in row if not box.is_value)
        figures = "".join(_in("div", escaped(box)) for box in row if box.is_value)
        return _in("section", labels + (_in("div", figures) if figures else ""))

    return _in("div", "".join(map(line, rows)))


def terms(rows: Rows) -> str:
    """Lists of terms, one a row."""
    lines = (_in("dl", "".join(_in("dd" if box.is_value else "dt", escaped(box)) for box in row)) for row in rows)
    return _in("div", "".join(lines))


def placed(rows: Rows) -> str:
    """A grid whose cells state their places."""
    cells = []
    for number, line in enumerate(positions(rows)):
        for column, (box, is_top, is_left) in enumerate(line):
            if is_top and is_left:
                place = f"grid-row:{number + 1} / span {box.rowspan};grid-column:{column + 1} / span {box.colspan}"
                cells.append(_in("div", escaped(box), f" style='{place}'"))
    return _grid(rows, cells)


def flowing(rows: Rows) -> str:
    """A grid whose cells state their spans alone."""
    boxes = [box for row in rows for box in row]
    style = " style='grid-row:span {};grid-column:span {}'"
    return _grid(rows, [_in("div", escaped(box), style.format(box.rowspan, box.colspan)) for box in boxes])


def _grid(rows: Rows, cells: list[str]) -> str:
    columns = len(positions(rows)[0])
    return _in("div", "".join(cells), f" style='display:grid;grid-template-columns:repeat({columns}, minmax(0, 1fr))'")


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout for layout in (divs, merged_divs, head_apart, spans, figures_apart, terms, placed, flowing)
}
