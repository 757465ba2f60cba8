"""Tables drawn with characters (┌─┬─┐ or +--+--+) made lines of cells between bars, one line a row.

What stands between two rules is one row: words that were broken over several lines are put together in their cells.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.plain_text.tables import Line

_RULE = re.compile(r"[\s│┃║|]*[+┌┏╔├┣╠└┗╚╭╰┬┳╦┼╋╬┴┻╩╒╞╘╓╟╙┠┝][\s+=\-─━═│┃║|┐┓╗┤┫╣┘┛╝╮╯┬┳╦┼╋╬┴┻╩├┣╠╕╡╛╖╢╜┨┥┯┷┿╪╫]*")
_STROKES = re.compile(r"[-=─━═]{2,}")
_BARS = str.maketrans(dict.fromkeys("│┃║", "|"))
_BROKEN_NUMBER = re.compile(r"(?<=[\d.,])\n+(?=[\d.,])")
_FEWEST_RULES = 2


def is_rule(text: str) -> bool:
    """Say whether a line is nothing but a rule of a drawn table."""
    return _RULE.fullmatch(text) is not None and _STROKES.search(text) is not None


def without_boxes(lines: Sequence[Line]) -> list[Line]:
    """Return lines without the rules of drawn tables, with a bar between cells and a line for each row."""
    if sum(is_rule(line.text) for line in lines) < _FEWEST_RULES:
        return list(lines)
    found: list[Line] = []
    held: list[Line] = []
    is_inside = False
    for line in (replace(line, text=line.text.translate(_BARS)) for line in lines):
        if is_rule(line.text):
            found += _row(held) if is_inside else held
            held, is_inside = [], True
        elif is_inside and not line.is_bar():
            found, held, is_inside = [*found, *held, line], [], False
        else:
            held.append(line)
    return found + held


def _row(held: Sequence[Line]) -> Iterable[Line]:
    """Return the lines between two rules as one row; as they are where their cells do not stand below each other."""
    counts = {line.text.count("|") for line in held}
    if len(held) < 2 or len(counts) != 1:
        return held
    return [replace(held[0], text="|".join(_joined(held)))]


def _joined(held: Sequence[Line]) -> Iterator[str]:
    """Yield the text of each cell; digits of two lines stay apart: they may be two numbers."""
    for pieces in zip(*(line.text.split("|") for line in held), strict=True):
        yield _BROKEN_NUMBER.sub(" ", "\n".join(piece.strip() for piece in pieces).strip()).replace("\n", "")
