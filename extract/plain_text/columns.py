"""Tables in text whose cells were put below each other with spaces: the columns in which figures stand.

Without more a row that leaves cells blank does not say which. Where every row of the requests table has each figure
below one header, the text keeps its columns, and what stands below no figure is blank. One table alone, with a row or
two, could agree by chance: all tables of a text are believed, or none.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.labels import key, vocabulary
from extract.plain_text.tables import Cell, Line
from extract.templates._shared import APPLICANTS, OUTCOMES
from extract.text import is_words, parse_number

Measure = Callable[[str], int]
"""How many columns of the screen a character takes."""

Rows = list[list[Cell]]

_APPLICANTS = frozenset(column.name for column in APPLICANTS)
_RESULTS = 3 * len(OUTCOMES)
_FEWEST_ROWS = 6
_SHORTEST_LABEL = 4


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    def is_over(self, other: "_Token") -> bool:
        """Say whether two tokens share a column of the screen."""
        return self.start < other.end and other.start < self.end


def rows_in_columns(tables: Sequence[Sequence[Line]]) -> list[Rows] | None:
    """Return the rows of some tables with a cell for each column, or ``None`` where their columns are not certain.

    How wide a character is depends on what made the text; ways that fit must agree.
    """
    read = [[_rows(table, measure) for table in tables] for measure in _MEASURES]
    whole = [[rows for rows in found if rows is not None] for found in read]
    fitting = [found for found in whole if len(found) == len(tables) and any(map(_are_requests, found))]
    return fitting[0] if fitting and all(found == fitting[0] for found in fitting) else None


def _one(_: str) -> int:
    return 1


def _wide(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _wide_in_chinese(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


_MEASURES: tuple[Measure, ...] = (_one, _wide, _wide_in_chinese)


def _are_requests(rows: Rows) -> bool:
    """Say whether rows are those of the requests table, and enough of them to agree by no chance."""
    labelled = sum(any(_is_row(text) for text, _ in row) and len(row) > len(APPLICANTS) for row in rows)
    return labelled >= _FEWEST_ROWS


def _is_row(text: str) -> bool:
    return len(key(text)) >= _SHORTEST_LABEL and vocabulary().row(text, ("requests",)) is not None


def _tokens(text: str, measure: Measure) -> Iterator[_Token]:
    place = 0
    for is_gap, characters in groupby(text, str.isspace):
        word = "".join(characters)
        end = place + sum(map(measure, word))
        if not is_gap:
            yield _Token(word, place, end)
        place = end


def _rows(lines: Sequence[Line], measure: Measure) -> Rows | None:
    """Return the rows of one table, or ``None`` where a figure stands below no header, or two below the same."""
    rows: Rows = []
    columns: list[_Token] = []
    applicants: dict[str, _Token] = {}
    results: list[_Token] = []
    for line in lines:
        tokens = list(_tokens(line.text, measure))
        first = 1 + max((place for place, token in enumerate(tokens) if is_words(token.text)), default=-1)
        words, figures = tokens[:first], tokens[first:]
        cells: list[Cell] = [(token.text, line.number) for token in words]
        if figures:
            found = _below(figures, columns)
            if found is None:
                return None
            rows.append(cells + [(text, line.number) for text in found])
        elif words:
            columns = _header(words, applicants, results) or columns
            rows.append(cells)
    return rows


def _header(words: Sequence[_Token], applicants: dict[str, _Token], results: list[_Token]) -> list[_Token]:
    """Return the column headers that a line of words completes; those of the lines before are in the other two."""
    names = vocabulary()
    named = [(names.column(token.text, "review"), token) for token in words]
    if any(name == OUTCOMES[0].name for name, _ in named):
        results += [token for name, token in named if name]
        return sorted(results, key=_start) if len(results) == _RESULTS else []
    disclosed = [token for token in words if names.column(token.text, "disclosure")]
    if disclosed:
        return disclosed
    told = {name: token for token in words if (name := names.column(token.text, "requests"))}
    applicants |= {name: token for name, token in told.items() if name not in applicants}
    return sorted(applicants.values(), key=_start) if told and applicants.keys() == _APPLICANTS else []


def _start(token: _Token) -> int:
    return token.start


def _below(figures: Sequence[_Token], columns: Sequence[_Token]) -> list[str] | None:
    """Return what stands below each header, blanks included; ``None`` where any figure is not below just one."""
    texts = [""] * len(columns)
    for figure in figures:
        over = [place for place, header in enumerate(columns) if header.is_over(figure)]
        if len(over) != 1 or texts[over[0]] or parse_number(figure.text).state == "unreadable":
            return None
        texts[over[0]] = figure.text
    return texts
