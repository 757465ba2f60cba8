"""The review table in grids of which only the order of cells can be believed: one row of 15 values below its header."""

from extract.forms.flattened.blank_rows import is_blank_row
from extract.forms.flattened.rows import Line, arrangements, lost_figures, without_surplus
from extract.forms.slots import Arrangement, FormRow, Scan
from extract.labels import Vocabulary, key
from extract.templates._shared import OUTCOMES

_OUTCOME_NAMES = tuple(column.name for column in OUTCOMES)
_BODIES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_BODY_ORDER = ("行政复议", "未经复议直接起诉", "复议后起诉")
_HEADER_ROWS = 2
_LITIGATION = "行政诉讼"
"""Heads the second and third body: right before the first one it says that their columns are printed first."""


def scan_review(rows: list[Line], words: Vocabulary) -> Scan:
    """Read the 15 values of the review table below (or behind) its header; of every such table, if there are several.

    One row of as many blanks is read where no row with a figure is.
    """
    header = ""
    blank: list[Line] = []
    found: list[FormRow] = []
    claimed: list[int] = []
    for line in rows:
        header += key(line.text)
        if not line.filled:
            blank += [line] if not line.words and _is_blank(line, rows) and _review_header(header, words) else []
            continue
        if _review_header(header, words):
            found += _review_rows(line, rows)
            claimed.append(line.index)
        header = ""
    if not found and len(blank) == 1:
        found, claimed = [*_review_rows(blank[0], rows)], [blank[0].index]
    return Scan(tuple(found), (), frozenset(claimed))


def _is_blank(line: Line, rows: list[Line]) -> bool:
    return len(line.values) == len(_OUTCOME_NAMES) * len(_BODIES) and is_blank_row(line, rows)


def _review_header(header: str, words: Vocabulary) -> bool:
    """Say whether a header prints the three bodies and, three times, the five outcomes in the form's order."""
    if _BODY_ORDER[1] not in header:
        return False
    start = header.rfind(_BODY_ORDER[0], 0, max(header.find(_BODY_ORDER[1]), 0))
    tail = header[start:]
    if header[:start].endswith(_LITIGATION) and _LITIGATION not in tail[: tail.find(_BODY_ORDER[1])]:
        return False
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


def _in_whole_cells(line: Line, wanted: int, more: int) -> tuple[Arrangement, ...]:
    """Return the arrangements of a row that lost no cell; the empty cells below 行政复议 may stand in front of it.

    With any other number of cells some are lost, or more than one stands for one value: counted from the end the
    others would move. Empty columns at the end of a table (``more``) are among the empty cells in front. Where the first five are empty, they are the header's with the last five lost, or the row's; of
    surplus cells the first must hold a value, or it may be the surplus one.
    """
    if len(line.values) == wanted + (width := len(_OUTCOME_NAMES)):
        return arrangements(line, wanted, width)
    if more > 0 and 0 <= len(line.values) - (width + more) - wanted <= more:
        return arrangements(line, wanted, width + more)
    begins = set(line.filled) & set(line.values[: width if len(line.values) <= wanted else 1])
    return arrangements(line, wanted, 0) if begins else ()


def _columns_more(line: Line, rows: list[Line], wanted: int) -> int:
    """Return how many empty columns a table has at its end: both rows above the outcomes of lawsuits have that many cells
    more than there are outcomes."""
    lengths = {row.length for row in rows if line.index - _HEADER_ROWS <= row.index < line.index and row.words}
    return lengths.pop() - wanted if len(lengths) == 1 else 0


def _review_rows(line: Line, rows: list[Line]) -> tuple[FormRow, ...]:
    width = len(_OUTCOME_NAMES)
    wanted = width * len(_BODIES)
    is_whole = line.complete and line.filled
    options = (
        _in_whole_cells(line, wanted, _columns_more(line, rows, wanted))
        if is_whole
        else without_surplus(line, wanted) or arrangements(line, wanted, None)
    )
    return tuple(
        FormRow(
            "review",
            body,
            None,
            _OUTCOME_NAMES,
            tuple(option[place * width : (place + 1) * width] for option in options),
            line.at(),
            line.raw(),
            is_full=len(line.filled) == wanted,
            in_order=not line.complete,
            by_numbers=len(line.filled) > wanted,
            lost=() if options else lost_figures(line, wanted),
        )
        for place, body in enumerate(_BODIES)
    )
