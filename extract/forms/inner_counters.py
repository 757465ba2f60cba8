"""Running numbers (序号) of the second half of a statistics table: in a text they stand behind the values of the first half.

Where a value is blank and leaves no trace, the number of the row beside it would be read in its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.forms.entries import Entry
from extract.text import parse_number

_FEWEST_COUNTED = 6
_MOST_COUNTED = 0.6
_HALVES = 2


def without_inner_counters(lines: Sequence[list[Entry]]) -> list[list[Entry]]:
    """Return the entries of each line, those before a second half without its running number.

    They count the lines one by one. A number in such a place that does not go on from the line above or below it makes its
    entry doubtful; and so do those of both halves, in turn, where no line is left whole.
    """
    found = {place: number for place, line in enumerate(lines) if (number := _before_second(line)) is not None}
    counted = _counted(found, 1)
    if len(counted) >= max(_FEWEST_COUNTED, _MOST_COUNTED * len(found)):
        return [
            [_uncounted(line[0], place in counted), *line[1:]] if place in found else line
            for place, line in enumerate(lines)
        ]
    behind = dict(enumerate(number for line in lines for entry in line if (number := _last(entry)) is not None))
    is_mixed = len(_counted(behind, _HALVES)) >= max(_HALVES * _FEWEST_COUNTED, _MOST_COUNTED * len(behind))
    return [[replace(entry, several=True) for entry in line] for line in lines] if is_mixed else list(lines)


def _before_second(line: Sequence[Entry]) -> Decimal | None:
    """Return the last number before the second entry of a line."""
    return _last(line[0]) if len(line) > 1 else None


def _last(entry: Entry) -> Decimal | None:
    filled = entry.filled()
    return parse_number(filled[-1].text).value if filled else None


def _counted(found: Mapping[int, Decimal], step: int) -> set[int]:
    """Return the places of the numbers that go on from those so many places before or behind them."""
    return {
        place
        for place, number in found.items()
        if found.get(place - step) == number - 1 or found.get(place + step) == number + 1
    }


def _uncounted(entry: Entry, is_counted: bool) -> Entry:
    if not is_counted:
        return replace(entry, several=True)
    last = entry.filled()[-1]
    return replace(entry, values=tuple(cell for cell in entry.values if cell is not last))
