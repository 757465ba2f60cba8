"""Changes of a whole story: one of its tables changed, lost, doubled, cut, joined or in another place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from tests.kit.mutants import Mutant, columns, figures, halves, rows, signs
from tests.kit.mutants.prints import PRINTS, Story
from tests.kit.story import story
from tests.kit.tables import Rows, cut
from tests.kit.truth import Truth, make_report

_OTHERS = ("石桥县教育局", "云岭市水务局", "青川区财政局")
TABLES = ("disclosure", "requests", "review")
# What no sum, header or order can tell: the document says it, and nothing in it contradicts.
_NO_SUMS = frozenset({"disclosure"})
_ONE_LINE = frozenset({"disclosure", "review"})  # the review table has sums along its one line of numbers, none across
_EXCUSED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("change_digit", "add_digit", "values_down", "values_left", "change_unit"), _NO_SUMS),
    **dict.fromkeys(("swap_values", "rotate_values"), _ONE_LINE),
    # Whole columns of numbers that change places keep every sum of every row and column.
    "swap_values_of_columns": frozenset(TABLES),
}
_WITHOUT_SPANS = ("tabs", "lines", "bars", "cell_lines")
_EXCUSED_IN = {
    "xlsx": {"values_left": frozenset(TABLES)},  # a workbook keeps 01 as the number 1: no trace of the 0 that was there
}
_EXCUSED_IN_2019 = {"change_minus": _NO_SUMS}  # 本年增/减; all other figures are never below 0
_EXCUSED_WITH_GAPS = {
    "swap_values": frozenset(TABLES),  # a column with a gap has no sum
    "foreign_column": _NO_SUMS,  # in text, a number of another column in the place of a blank
    # A blank that the change left beside figures is one of many.
    **dict.fromkeys(("drop_value", "moved_to_end", "drop_values_of_column", "values_behind_blank"), _ONE_LINE),
}
_EXCUSED_WITH_GAPS_IN = dict.fromkeys(
    (*_WITHOUT_SPANS, "csv"),
    # Without spans, a number in the place of its neighbour; where each cell has its column, merged ones leave a blank.
    dict.fromkeys(("merge_beside", "header_reaches_down"), _ONE_LINE),
)
StoryChange = Callable[[Story, Random], Story]


def _places(parts: Story) -> list[int]:
    return [place for place, part in enumerate(parts) if not isinstance(part, str)]


def _rows(part: str | Rows) -> Rows:
    assert not isinstance(part, str)
    return part


def lose_table(parts: Story, rng: Random) -> Story:
    gone = rng.choice(_places(parts))
    return [part for place, part in enumerate(parts) if place != gone]


def double_table(parts: Story, rng: Random) -> Story:
    place = rng.choice(_places(parts))
    return [*parts[: place + 1], *parts[place:]]


def swap_tables(parts: Story, rng: Random) -> Story:
    one, two = rng.sample(_places(parts), 2)
    out = list(parts)
    out[one], out[two] = out[two], out[one]
    return out


def lose_end_of_table(parts: Story, rng: Random) -> Story:
    place = rng.choice(_places(parts))
    table = _rows(parts[place])
    above, _ = cut(table, rng.randint(1, len(table) - 1), repeat_label=False)
    return [*parts[:place], above, *parts[place + 1 :]]


def lose_start_of_table(parts: Story, rng: Random) -> Story:
    place = rng.choice(_places(parts))
    table = _rows(parts[place])
    _, below = cut(table, rng.randint(1, len(table) - 1), repeat_label=rng.random() < 0.5)
    return [*parts[:place], below, *parts[place + 1 :]]


def lose_middle_of_table(parts: Story, rng: Random) -> Story:
    """A page is lost: the table goes on, without a header, some rows further down."""
    place = rng.choice(_places(parts))
    table = _rows(parts[place])
    start = rng.randint(1, len(table) - 1)
    stop = rng.randint(start, len(table) - 1)
    above, _ = cut(table, start, repeat_label=False)
    _, below = cut(table, stop, repeat_label=False)
    return [*parts[:place], above, *(["　"] if rng.random() < 0.5 else []), below, *parts[place + 1 :]]


def halves_in_other_order(parts: Story, rng: Random) -> Story:
    """Two pages change places."""
    place = rng.choice(_places(parts))
    table = _rows(parts[place])
    above, below = cut(table, rng.randint(1, len(table) - 1), repeat_label=False)
    return [*parts[:place], below, "　", above, *parts[place + 1 :]]


def join_tables(parts: Story, rng: Random) -> Story:
    """What stood between two tables is gone, headings among it, and they are one."""
    places = _places(parts)
    first = rng.randrange(len(places) - 1)
    one, two = places[first], places[first + 1]
    return [*parts[:one], _rows(parts[one]) + _rows(parts[two]), *parts[two + 1 :]]


def lose_line(parts: Story, rng: Random) -> Story:
    gone = rng.choice([place for place, part in enumerate(parts) if isinstance(part, str)])
    return [part for place, part in enumerate(parts) if place != gone]


def another_report(parts: Story, rng: Random) -> Story:
    """A table of another report (last year's, a lower agency's) stands below this one's."""
    other = list(story(make_report(rng.randint(0, 999), "2021" if rng.random() < 0.7 else "2019", "dense")))
    place = rng.choice(_places(parts))
    return [*parts[: place + 1], other[rng.choice(_places(other))], *parts[place + 1 :]]


def table_before(parts: Story, rng: Random) -> Story:
    """A table stands twice, the first time with other figures: last year's."""
    place = rng.choice(_places(parts))
    return [*parts[:place], _with_other_figures(_rows(parts[place]), rng), *parts[place:]]


def _with_other_figures(rows: Rows, rng: Random) -> Rows:
    most = rng.choice((0, 9, 99))
    return [[replace(box, text=str(rng.randint(0, most))) if box.is_value else box for box in row] for row in rows]


def year_of_title(parts: Story, rng: Random) -> Story:
    """The title names the year before, or after."""
    title = str(parts[0])
    year = next(found[0] for found in re.finditer(r"20\d\d", title))
    return [title.replace(year, str(int(year) + rng.choice((-1, 1)))), *parts[1:]]


def agency_in_one_place(parts: Story, rng: Random) -> Story:
    """The title, or the signature, names another agency."""
    name = str(parts[-2])
    places = [place for place in (0, len(parts) - 2) if name in str(parts[place])]
    place = rng.choice(places)
    return [*parts[:place], str(parts[place]).replace(name, rng.choice(_OTHERS)), *parts[place + 1 :]]


CHANGES: tuple[StoryChange, ...] = (
    lose_table,
    double_table,
    swap_tables,
    lose_end_of_table,
    lose_start_of_table,
    lose_middle_of_table,
    halves_in_other_order,
    join_tables,
    lose_line,
    another_report,
)
LATER: tuple[StoryChange, ...] = (table_before, year_of_title, agency_in_one_place)
"""Further changes of a whole story, kept apart so that the others are drawn as they were."""

KINDS = (*rows.CHANGES, *columns.CHANGES, *CHANGES, *figures.CHANGES, *LATER, *halves.CHANGES, *signs.CHANGES)
"""Every kind of change of a story or one of its tables."""


def mutants(truth: Truth, format_name: str, count: int, seed: int = 0) -> Iterator[Mutant]:
    """Yield reports of one format, each changed in one place; ``count`` changes, every kind in turn."""
    to_bytes, hint = PRINTS[format_name]
    parts = list(story(truth))
    for number in range(count):
        change = KINDS[(number + seed) % len(KINDS)]
        rng = Random(f"{truth.seed} {seed} {number}")
        if change in (*CHANGES, *LATER):
            changed, table = change(parts, rng), ""
        else:
            place = rng.choice(_places(parts))
            table = TABLES[_places(parts).index(place)]
            changed = [*parts[:place], change(_rows(parts[place]), rng), *parts[place + 1 :]]
        excused = _excused(change.__name__, format_name, truth) & {table}
        yield Mutant(
            f"{change.__name__} {table} ({format_name} {truth.seed} {seed} {number})",
            to_bytes(truth, changed),
            hint,
            excused,
            truth.agency,
            truth.year,
        )


def _excused(change: str, format_name: str, truth: Truth) -> frozenset[str]:
    found = _EXCUSED.get(change, frozenset())
    found |= _EXCUSED_IN.get(format_name, {}).get(change, frozenset())
    if truth.template == "2019":
        found |= _EXCUSED_IN_2019.get(change, frozenset())
    if truth.consistent:
        return found
    found |= _EXCUSED_WITH_GAPS_IN.get(format_name, {}).get(change, frozenset())
    return found | _EXCUSED_WITH_GAPS.get(change, frozenset())
