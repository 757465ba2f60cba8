"""Scanner of grids of which only the order of cells can be believed: tables that were flattened to text.

Each row is labels, then values. How many values a row must have is known from its header; a row that prints another
number of cells has several possible arrangements, and the sums of the form choose (``extract.forms.settle``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from extract.forms.canvas import is_blank, is_text
from extract.forms.disclosure import ITEM_ROWS, unit_of
from extract.forms.requests import in_context
from extract.forms.slots import Arrangement, FormRow, Printed, Scan, note
from extract.labels import RowLabel, Vocabulary, key
from extract.model import Finding, Grid, GridCell
from extract.templates._shared import APPLICANTS, OUTCOMES
from extract.text import compact, parse_number

_MAX_SURPLUS = 2
_MIN_EVIDENCE = 2
_APPLICANTS = tuple(column.name for column in APPLICANTS)
_APPLICANT_ORDER = tuple(key(column.label) for column in APPLICANTS[1:5])
_OUTCOME_NAMES = tuple(column.name for column in OUTCOMES)
_BODIES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_BODY_ORDER = ("行政复议", "未经复议直接起诉", "复议后起诉")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an unaligned grid: the words in front, the values after the last word.

    ``complete`` says that no cell can be missing among the values: they begin right after the words.
    """

    index: int
    words: tuple[GridCell, ...]
    values: tuple[GridCell, ...]
    complete: bool

    def text(self) -> str:
        """Return the words of the row glued together."""
        return "".join(compact(cell.text) for cell in self.words)

    def at(self) -> str:
        """Return the place of the row."""
        return (self.words or self.values)[0].at

    def raw(self) -> str:
        """Return the values as printed."""
        return " | ".join(cell.text for cell in self.values)

    def filled(self) -> tuple[GridCell, ...]:
        """Return the values in which something is printed."""
        return tuple(cell for cell in self.values if not is_blank(cell))


def lines(grid: Grid) -> list[Line]:
    """Split every row of a grid into words and values."""
    rows: dict[int, list[GridCell]] = {}
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        rows.setdefault(cell.row, []).append(cell)
    return [_line(index, cells, grid.complete) for index, cells in rows.items()]


def _line(index: int, cells: list[GridCell], complete: bool) -> Line:
    last = max((place for place, cell in enumerate(cells) if is_text(cell)), default=-1)
    words = tuple(cell for cell in cells[: last + 1] if not is_blank(cell))
    return Line(index, words, tuple(cells[last + 1 :]), complete)


def scan_requests(rows: list[Line], words: Vocabulary) -> Scan:
    """Read the rows of the requests table."""
    width = len(_APPLICANTS)
    printed = [line for line in rows if line.filled() or len(line.values) >= width]
    labelled = [(line, label) for line in printed if (label := _request_label(line, words))]
    if not labelled:
        return Scan()
    header = "".join(line.text() for line in rows[: rows.index(labelled[0][0]) + 1])
    in_order = _official_order(key(header))
    offset = _evidence([line for line, _ in labelled], width)
    read = tuple(
        FormRow(
            "requests",
            label.row,
            None,
            _APPLICANTS,
            arrangements(line, width, offset) if in_order is not False else (),
            line.at(),
            line.raw(),
        )
        for line, label in labelled
    )
    findings = [] if in_order else [note("header", "the applicants' columns could not be recognised", table="requests")]
    findings += [
        note("label", f"read “{line.text()}” as “{label.label}”", table="requests", row=label.row)
        for line, label in labelled
        if label.quality == "resembling"
    ]
    findings += surplus([line for line, _ in labelled], width, "requests")
    return Scan(read, tuple(findings), frozenset(line.index for line, _ in labelled))


def _request_label(line: Line, words: Vocabulary) -> RowLabel | None:
    label = _label(line, words, "requests")
    if label is None or not in_context(label, [cell.text for cell in line.words[:-1]], words):
        return None
    return label


def _label(line: Line, words: Vocabulary, table: str) -> RowLabel | None:
    """Recognise a row by its last word, else by the end of all its words, else by resemblance."""
    if not line.words:
        return None
    last = line.words[-1].text
    return words.row(last, (table,)) or words.row_at_end(line.text(), (table,)) or words.resembling(last, (table,))


def _official_order(header: str) -> bool | None:
    """Say whether the header prints the applicants in the form's order; ``None`` when it does not print them all."""
    places = [header.find(label) for label in _APPLICANT_ORDER]
    if min(places) < 0:
        return None
    return places == sorted(places)


def _evidence(rows: list[Line], wanted: int) -> int | None:
    """Return how many cells stand before the values, if all fully printed rows of a table agree on it.

    A flattened table may have lost or gained cells row by row; where full rows differ, a row with blanks proves
    nothing by its shape.
    """
    full = [line for line in rows if len(line.filled()) == wanted]
    shapes = {(line.values.index(line.filled()[0]), len(line.values)) for line in full}
    if len(full) < _MIN_EVIDENCE or len(shapes) != 1:
        return None
    first, length = shapes.pop()
    return first if all(len(line.values) == length for line in rows) else None


def arrangements(
    line: Line, wanted: int, offset: int | None = None, units: tuple[str, ...] = ()
) -> tuple[Arrangement, ...]:
    """Return the ways in which the values of a row can stand for ``wanted`` columns; equal ones once.

    ``offset`` is the number of cells before the values where the table shows it (``_evidence``).
    """
    filled = line.filled()
    if len(filled) == wanted:
        found = [filled]
    elif len(filled) > wanted:
        return tuple(_fewer(filled, wanted, units))
    else:
        windows = _windows(line.values, wanted)
        first = 0 if line.complete and offset is None else offset
        found = windows if first is None else windows[first : first + 1]
    whole = (cells for cells in found if set(filled) <= set(cells))
    return tuple({tuple(cell.text for cell in cells): _printed(cells, units) for cells in whole}.values())


def _windows(cells: tuple[GridCell, ...], wanted: int) -> list[tuple[GridCell, ...]]:
    return [cells[first : first + wanted] for first in range(len(cells) - wanted + 1)]


def _printed(cells: tuple[GridCell, ...], units: tuple[str, ...]) -> Arrangement:
    padded = units or ("",) * len(cells)
    return tuple(Printed(cell.text, cell.at, unit) for cell, unit in zip(cells, padded, strict=True))


def _fewer(cells: tuple[GridCell, ...], wanted: int, units: tuple[str, ...]) -> list[Arrangement]:
    """Return every way to leave ``wanted`` numbers: pieces of a broken number joined, or surplus cells left out."""
    if len(cells) - wanted > _MAX_SURPLUS:
        return []
    padded = units or ("",) * wanted
    found: dict[tuple[str, ...], Arrangement] = {}
    for option in (*_joins(cells, wanted), *_omissions(cells, wanted)):
        texts = tuple("".join(cell.text.strip() for cell in group) for group in option)
        if all(parse_number(text).state == "reported" for text in texts):
            raws = (" ".join(cell.text for cell in group) for group in option)
            printed = zip(texts, option, padded, raws, strict=True)
            found[texts] = tuple(Printed(text, group[0].at, unit, raw=raw) for text, group, unit, raw in printed)
    return list(found.values())


Groups = tuple[tuple[GridCell, ...], ...]


def _joins(cells: tuple[GridCell, ...], wanted: int) -> Iterator[Groups]:
    for cuts in combinations(range(1, len(cells)), wanted - 1):
        yield tuple(cells[start:stop] for start, stop in zip((0, *cuts), (*cuts, len(cells)), strict=True))


def _omissions(cells: tuple[GridCell, ...], wanted: int) -> Iterator[Groups]:
    for kept in combinations(cells, wanted):
        yield tuple((cell,) for cell in kept)


def surplus(rows: list[Line], wanted: int, table: str) -> list[Finding]:
    """Report rows that print more values than the form has columns (a cell doubled when the table was flattened)."""
    return [
        note(
            "surplus_value",
            f"{len(line.filled())} values for {wanted} columns: {line.raw()} at {line.at()}",
            table=table,
        )
        for line in rows
        if len(line.filled()) > wanted
    ]


def scan_disclosure(rows: list[Line], words: Vocabulary) -> Scan:
    """Read the rows of the disclosure table; a header holds until the next one."""
    columns: tuple[str, ...] = ()
    unit = ""
    group: RowLabel | None = None
    found: list[FormRow] = []
    claimed: set[int] = set()
    for line in rows:
        label = _label(line, words, "disclosure") if line.words else None
        named = _columns_in(line, words)
        if named:
            columns, unit, group = named, unit_of("".join(cell.text for cell in line.words)), None
        if not line.values or not columns:
            continue
        row, item, group = _row_and_item(line, label, group, words)
        if row is None:
            continue
        claimed.add(line.index)
        units = tuple(unit if name == "amount" else "" for name in columns)
        options = arrangements(line, len(columns), units=units)
        found.append(FormRow("disclosure", row, item, columns, options, line.at(), line.raw()))
    return Scan(tuple(found), (), frozenset(claimed))


def _columns_in(line: Line, words: Vocabulary) -> tuple[str, ...]:
    """Return the columns named in a row's words, in printed order."""
    text = key(line.text())
    names: dict[int, str] = {}
    for label in sorted(words.columns["disclosure"], key=len, reverse=True):
        place = text.find(label)
        while place >= 0:
            names[place] = words.columns["disclosure"][label]
            text = text[:place] + "\0" * len(label) + text[place + len(label) :]
            place = text.find(label)
    return tuple(names[place] for place in sorted(names))


def _row_and_item(
    line: Line, label: RowLabel | None, group: RowLabel | None, words: Vocabulary
) -> tuple[str | None, str | None, RowLabel | None]:
    """Return (row, item, group that goes on): sub-items stand beside or below 其他对外管理服务事项."""
    if label is not None:
        return label.row, None, label if label.row in ITEM_ROWS else None
    if not line.words:
        return None, None, group
    headings = [found for cell in line.words[:-1] if (found := words.row(cell.text, ("disclosure",))) is not None]
    owner = next((found for found in headings if found.row in ITEM_ROWS), None) or group
    if owner is None:
        return None, None, None
    return owner.row, compact(line.words[-1].text), owner


def scan_review(rows: list[Line], words: Vocabulary) -> Scan:
    """Read the 15 values of the review table below (or behind) its header."""
    header = ""
    for line in rows:
        header += key(line.text())
        if line.filled() and _review_header(header, words):
            return Scan(_review_rows(line), (), frozenset({line.index}))
        if line.filled():
            header = ""
    return Scan()


def _review_header(header: str, words: Vocabulary) -> bool:
    """Say whether a header prints the three bodies and, three times, the five outcomes in the form's order."""
    tail = header[header.rfind(_BODY_ORDER[0], 0, max(header.find(_BODY_ORDER[1]), 0)) :]
    places = [tail.find(body) for body in _BODY_ORDER]
    outcomes: dict[int, str] = {}
    for label, name in words.columns["review"].items():
        if len(label) >= len("总计") and name in _OUTCOME_NAMES:
            for place in _places(tail, label):
                outcomes.setdefault(place, name)
    printed = tuple(outcomes[place] for place in sorted(outcomes))
    return min(places) >= 0 and places == sorted(places) and _without_repeats(printed) == _OUTCOME_NAMES * len(_BODIES)


def _places(text: str, label: str) -> list[int]:
    return [place for place in range(len(text)) if text.startswith(label, place)]


def _without_repeats(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(names) if place == 0 or names[place - 1] != name)


def _review_rows(line: Line) -> tuple[FormRow, ...]:
    width = len(_OUTCOME_NAMES)
    # The values fill the whole width of this table; empty cells in front of them belong to the header.
    wanted = width * len(_BODIES)
    options = arrangements(line, wanted, max(len(line.values) - wanted, 0) if line.complete else None)
    return tuple(
        FormRow(
            "review",
            body,
            None,
            _OUTCOME_NAMES,
            tuple(option[place * width : (place + 1) * width] for option in options),
            line.at(),
            line.raw(),
        )
        for place, body in enumerate(_BODIES)
    )
