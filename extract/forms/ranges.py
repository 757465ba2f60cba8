"""How low and how high a cell may count, by the sums of its table, where other cells are known only so far."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from extract.sums import Addend, Equation

Name = tuple[str, str]
"""Row and column of a cell."""

Range = tuple[Addend, Addend]
ANY: Range = (0, 10**15)
"""What is known of a count in a cell that is blank or not read."""


def allowed(ranges: Mapping[Name, Range], sums: Iterable[Equation]) -> dict[Name, Range]:
    """Return what the sums leave to each of their members, given the ranges of all others.

    Where a range ends below 0 nothing can stand in the cell, not even a blank.
    """
    found: dict[Name, Range] = {}
    for equation in sums:
        parts, whole = _total(equation.parts, ranges), _total(equation.whole, ranges)
        for side, own, other in ((equation.parts, parts, whole), (equation.whole, whole, parts)):
            for name in side:
                low, high = ranges.get(name, ANY)
                least, most = found.get(name, ANY)
                found[name] = max(least, other[0] - own[1] + high), min(most, other[1] - own[0] + low)
    return found


def _total(side: Iterable[Name], ranges: Mapping[Name, Range]) -> Range:
    lows, highs = zip(*(ranges.get(name, ANY) for name in side), strict=True)
    return sum(lows), sum(highs)


def is_contradicted(equation: Equation, values: Mapping[Name, Decimal]) -> bool:
    """Say whether no counts in the cells that are not known can make a sum hold."""
    parts = [values.get(member) for member in equation.parts]
    whole = [values.get(member) for member in equation.whole]
    left, right = sum(filter(None, parts)), sum(filter(None, whole))
    return (left > right and None not in whole) or (left < right and None not in parts)
