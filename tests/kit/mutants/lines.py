"""Changes of a text file, line by line: lines and cells lost, doubled, joined, moved; a digit changed."""

import re
from collections.abc import Callable, Iterator
from random import Random

from tests.kit.mutants import Mutant

LineChange = Callable[[list[str], Random], list[str]]
_CELL = re.compile(r"\t|\|| ")
_WORDS = re.compile(r"[一-鿿]{2,}")


def drop_line(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    return lines[:at] + lines[at + 1 :]


def drop_lines(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    return lines[:at] + lines[at + rng.randint(2, 40) :]


def double_line(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    return lines[: at + 1] + lines[at:]


def double_lines(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    stop = at + rng.randint(2, 60)
    return lines[:stop] + lines[at:]


def join_lines(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines) - 1)
    return [*lines[:at], lines[at] + rng.choice(("", " ", "\t")) + lines[at + 1], *lines[at + 2 :]]


def part_line(lines: list[str], rng: Random) -> list[str]:
    at = rng.choice([place for place, line in enumerate(lines) if len(line) > 1])
    cut = rng.randrange(1, len(lines[at]))
    return [*lines[:at], lines[at][:cut], lines[at][cut:], *lines[at + 1 :]]


def swap_lines(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines) - 1)
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


def empty_line(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    return [*lines[:at], "", *lines[at:]]


def page_number(lines: list[str], rng: Random) -> list[str]:
    """The number of a page falls into the text."""
    at = rng.randrange(len(lines))
    number = rng.randint(1, 12)
    return [*lines[:at], rng.choice((f"-{number}-", f"{number}", f"第{number}页", f"— {number} —")), *lines[at:]]


def _in_a_line(change: Callable[[str, Random], str]) -> LineChange:
    def changed(lines: list[str], rng: Random) -> list[str]:
        places = [place for place, line in enumerate(lines) if re.search(r"\d", line)]
        at = rng.choice(places)
        return [*lines[:at], change(lines[at], rng), *lines[at + 1 :]]

    changed.__name__ = change.__name__
    return changed


def drop_gap(line: str, rng: Random) -> str:
    """The sign between two cells is lost."""
    gaps = [found.start() for found in _CELL.finditer(line)]
    at = rng.choice(gaps) if gaps else len(line)
    return line[:at] + line[at + 1 :]


def double_gap(line: str, rng: Random) -> str:
    gaps = [found.start() for found in _CELL.finditer(line)]
    at = rng.choice(gaps) if gaps else len(line)
    return line[: at + 1] + line[at:]


def drop_cell(line: str, rng: Random) -> str:
    cells = re.split(r"(\t|\|| +)", line)
    at = rng.randrange(0, len(cells), 2)
    return "".join(cells[:at] + cells[at + 2 :])


def lose_words(line: str, rng: Random) -> str:
    words = list(_WORDS.finditer(line))
    found = rng.choice(words) if words else None
    return line[: found.start()] + line[found.end() :] if found else ""


def change_number(line: str, rng: Random) -> str:
    at = rng.choice([found.start() for found in re.finditer(r"\d", line)])
    return line[:at] + rng.choice([digit for digit in "123456789" if digit != line[at]]) + line[at + 1 :]


CHANGES: tuple[LineChange, ...] = (
    drop_line,
    drop_lines,
    double_line,
    double_lines,
    join_lines,
    part_line,
    swap_lines,
    empty_line,
    page_number,
    *map(_in_a_line, (drop_gap, double_gap, drop_cell, lose_words, change_number)),
)

_NO_SUMS = frozenset({"disclosure", "statistics"})
_UNNOTICED = ("change_number", "drop_cell", "page_number", "swap_lines")
_EXCUSED = {
    **dict.fromkeys(_UNNOTICED, _NO_SUMS),
    # In a table of two halves the second half of a number stands before the words of a row.
    "part_line": frozenset({"statistics"}),
    # The review table has sums along its one line of numbers; two of one part change places unnoticed.
    "swap_lines": _NO_SUMS | {"review"},
}


_UNNOTICED_BESIDE_GAPS = {
    # Where a cell stands on a line of its own, a zero and a blank change places, and no sum speaks of a gap.
    "swap_lines": frozenset({"disclosure", "statistics", "requests", "review"}),
}


def mutants(data: bytes, count: int, seed: int = 0, *, has_gaps: bool = False) -> Iterator[Mutant]:
    """Yield a text file changed in one place, every kind of change in turn. ``has_gaps``: it has blanks or marks."""
    lines = data.decode().split("\n")
    for number in range(count):
        change = CHANGES[number % len(CHANGES)]
        changed = change(lines, Random(f"{seed} {number}"))
        name = change.__name__
        excused = _EXCUSED.get(name, frozenset())
        if has_gaps:
            excused |= _UNNOTICED_BESIDE_GAPS.get(name, frozenset())
        yield Mutant(f"{name} ({seed} {number})", "\n".join(changed).encode(), "report.txt", excused)
