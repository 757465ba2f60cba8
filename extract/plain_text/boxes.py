"""Tables drawn with characters (┌─┬─┐ or +--+--+) made lines of cells between bars, one line a row.

What stands between two rules is one row: words that were broken over several lines are put together in their cells. Some
programs draw rules around a table and below its header only; there every line is a row.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from extract.headings import heading_number
from extract.plain_text.tables import Line
from extract.text import LOST, parse_number

_RULE = re.compile(
    r"[\s│┃║|]*(?:[+┌┏╔├┣╠└┗╚╭╰┬┳╦┼╋╬┴┻╩╒╞╘╓╟╙┠┝]|\|(?=-+\+))[\s+=\-─━═│┃║|┐┓╗┤┫╣┘┛╝╮╯┬┳╦┼╋╬┴┻╩├┣╠╕╡╛╖╢╜┨┥┯┷┿╪╫]*"
)
_STROKES = re.compile(r"[-=─━═]{2,}")
_BARS = str.maketrans(dict.fromkeys("│┃║", "|"))
_BROKEN_NUMBER = re.compile(r"(?<=[\d.,])\n+(?=[\d.,])")
_FEWEST_RULES = 2
_MOST_RULES_AROUND = 3
"""Above and below a table, and below its header."""

_MOST_LINES_BETWEEN = 6
_FEWEST_ROWS = 3
"""Lines with numbers between two rules that are rows: a row of broken cells has its numbers on one or two of them."""


def is_rule(text: str) -> bool:
    """Say whether a line is nothing but a rule of a drawn table."""
    return _RULE.fullmatch(text) is not None and _STROKES.search(text) is not None


def without_boxes(lines: Sequence[Line]) -> list[Line]:
    """Return lines without the rules of drawn tables, with a bar between cells and a line for each row."""
    if sum(is_rule(line.text) for line in lines) < _FEWEST_RULES:
        return list(lines)
    drawn = [replace(line, text=line.text.translate(_BARS)) for line in lines]
    parts = [list(part) for _, part in groupby(drawn, key=lambda line: line.is_bar() or is_rule(line.text))]
    pieces = [_between_rules(part) for part in parts]
    if any(map(_is_outlined, pieces)) and all(len(part) <= _MOST_RULES_AROUND + 1 for part in pieces):
        return [line for line in drawn if not is_rule(line.text)]
    return [line for number, part in enumerate(pieces) for line in _undrawn(part, *_around(pieces, number))]


Pieces = list[list[Line]]
"""What stands before, between and behind the rules of a drawn table; one piece where there is no rule."""


def _between_rules(part: Sequence[Line]) -> Pieces:
    pieces: Pieces = [[]]
    for line in part:
        if is_rule(line.text):
            pieces.append([])
        else:
            pieces[-1].append(line)
    return pieces


def _around(pieces: Sequence[Pieces], number: int) -> tuple[bool, bool]:
    """Say whether the first row of a table, and its last, may go on in the drawing before or behind it."""
    return _is_torn(pieces, number - 2), _is_torn(pieces, number)


def _is_torn(pieces: Sequence[Pieces], number: int) -> bool:
    """Say whether a few lines part a drawing from the next amid a row: there is no rule before nor behind them."""
    if number < 0 or number + 2 >= len(pieces):
        return False
    above, [between, *_], below = pieces[number : number + 3]
    if len(above) <= _FEWEST_RULES or len(below) <= _FEWEST_RULES or not (above[-1] and below[0]):
        return False
    return len(between) <= _MOST_LINES_BETWEEN and not any(heading_number(line.text) for line in between)


def _undrawn(pieces: Pieces, is_begun: bool, goes_on: bool) -> Iterator[Line]:
    """Yield the lines of a part of the text, those of a drawn table as its rows."""
    if len(pieces) <= _FEWEST_RULES or _is_outlined(pieces):
        yield from chain.from_iterable(pieces)
        return
    for number, held in enumerate(pieces):
        is_torn = (is_begun and number == 0) or (goes_on and number == len(pieces) - 1)
        yield from map(_spoiled, held) if is_torn else _row(held)


def _is_outlined(pieces: Pieces) -> bool:
    """Say whether rules stand around a table and below its header only."""
    numbers = max(sum(map(_holds_number, held)) for held in pieces)
    return len(pieces) <= _MOST_RULES_AROUND + 1 and numbers >= _FEWEST_ROWS


def _holds_number(line: Line) -> bool:
    return any(parse_number(cell).state == "reported" for cell in line.text.split("|"))


def _row(held: Sequence[Line]) -> Sequence[Line]:
    """Return the lines between two rules as one row; figures of lines that do not stand below each other are nobody's."""
    counts = {line.text.count("|") for line in held}
    if len(held) < 2:
        return held
    if len(counts) != 1:
        return [_spoiled(line) if _holds_number(line) else line for line in held]
    return [replace(held[0], text="|".join(_joined(held)))]


def _spoiled(line: Line) -> Line:
    """Return a line without a cell that can be read, a blank one neither."""
    first, *cells, last = line.text.split("|")
    return replace(line, text="|".join([first, *(f"{cell.rstrip()}{LOST}" for cell in cells), last]))


def _joined(held: Sequence[Line]) -> Iterator[str]:
    """Yield the text of each cell; digits of two lines stay apart: they may be two numbers."""
    for pieces in zip(*(line.text.split("|") for line in held), strict=True):
        yield _BROKEN_NUMBER.sub(" ", "\n".join(piece.strip() for piece in pieces).strip()).replace("\n", "")
