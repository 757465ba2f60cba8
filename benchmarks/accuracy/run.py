"""Print, read, compare, tell: the table of ``python -m benchmarks accuracy``."""

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.accuracy.peers import PEERS, grade_tables
from benchmarks.accuracy.styles import Report, Style, styles
from benchmarks.accuracy.told import TRACELESS, told
from extract.model import Reading
from extract.reading import read
from tests.kit.grades import Grades, grade
from tests.kit.text_layouts import PRINTS
from tests.kit.truth import Truth, TruthCell

_FACTS = frozenset({"agency", "year"})
_SHOWN = 10
_HEADER = (
    f"{'format':<11}{'style':<25}{'files':>6}{'cells':>8}{'right':>10}{'flagged':>8}{'silent':>7}"
    f"{'agency':>7}{'year':>6}{'ms':>9}"
)


@dataclass(slots=True)
class Score:
    """What came of one style: grades of its cells, those of the cells its files tell, reports whose agency and year are right, times."""

    grades: Grades = field(default_factory=Grades)
    told: Grades = field(default_factory=Grades)
    agencies: int = 0
    years: int = 0
    seconds: list[float] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.grades + other.grades,
            self.told + other.told,
            self.agencies + other.agencies,
            self.years + other.years,
            self.seconds + other.seconds,
        )

    def line(self, format_name: str, style: str) -> str:
        """Return the line of the printed table."""
        grades, files = self.grades, len(self.seconds)
        share = 100 * grades.right / max(grades.total(), 1)
        milliseconds = 1000 * median(self.seconds) if self.seconds else 0
        return (
            f"{format_name:<11}{style:<25}{files:>6}{grades.total():>8}{share:>9.2f}%{grades.flagged:>8}"
            f"{len(grades.silent):>7}{self.agencies:>7}{self.years:>6}{milliseconds:>9.1f}"
        )


def main(options: Sequence[str] = ()) -> None:
    """Print the table, a sum for each format, and the cells that are silently wrong, if any."""
    asked = _arguments().parse_args(options)
    logging.disable(logging.CRITICAL)
    print(_HEADER)
    sums: dict[str, Score] = {}
    for style in styles():
        if asked.only and style.format not in asked.only:
            continue
        pairs = list(style.print(asked.reports, asked.scans, asked.worn))
        score = _score(style, pairs)
        if score.seconds:
            print(score.line(style.format, style.name), flush=True)
            _tell_silent(score.grades)
            _tell_told(score)
            _beside(style, pairs)
            sums[style.format] = sums.get(style.format, Score()) + score
    for name, score in (*sums.items(), ("all", sum(sums.values(), Score()))):
        print(score.line(name, "all"))
        _tell_told(score)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks accuracy")
    parser.add_argument("--reports", type=int, default=40, help="reports for each style (default 40)")
    parser.add_argument("--scans", type=int, default=2, help="clean scans of each style (default 2; 0 for none)")
    parser.add_argument("--worn", type=int, default=0, help="scans of each kind of wear (default 0; a minute a scan)")
    parser.add_argument("--only", action="append", help="only this format; may be given again")
    return parser


def _score(style: Style, pairs: Sequence[tuple[Report, bytes]]) -> Score:
    score = Score()
    for report, data in pairs:
        begin = perf_counter()
        reading = read(data, style.hint)
        score.seconds.append(perf_counter() - begin)
        score.grades += grade(reading, report.cells)
        score.told += grade(reading, _told_cells(style, report))
        printed = PRINTS[style.name.partition(",")[0]] if style.format == "text" else _FACTS
        score.agencies += _is_right(reading, report, "agency", printed)
        score.years += _is_right(reading, report, "year", printed)
    return score


def _told_cells(style: Style, report: Report) -> Sequence[TruthCell]:
    if style.format != "text" or style.name not in TRACELESS:
        return report.cells
    assert isinstance(report, Truth), "the form of 2014 has no line of several figures"
    return told(report)


def _is_right(reading: Reading, report: Report, fact: str, printed: frozenset[str]) -> bool:
    wanted: Any = getattr(report, fact) if fact in printed else None
    return bool(getattr(reading, fact) == wanted)


def _tell_silent(grades: Grades) -> None:
    for truth, cell in grades.silent[:_SHOWN]:
        print(
            f"    {truth['table']} {truth['row']} {truth['column']}: {truth['state']} {truth['value']}, read as {cell}"
        )


def _tell_told(score: Score) -> None:
    """Print how many of the cells that the files tell are right, where blanks leave no trace in some."""
    told = score.told
    if told.total() == score.grades.total():
        return
    share = 100 * told.right / max(told.total(), 1)
    counts = f"{len(score.seconds):>6}{told.total():>8}{share:>9.2f}%{told.flagged:>8}{len(told.silent):>7}"
    print(f"{'':11}{'  of what the files tell':<25}{counts}")


def _beside(style: Style, pairs: Sequence[tuple[Report, bytes]]) -> None:
    """Print what the peer of a format makes of the same files."""
    if style.format not in PEERS:
        return
    name, extract = PEERS[style.format]
    right = missed = wrong = 0
    seconds = []
    for report, data in pairs:
        assert isinstance(report, Truth), "the form of 2014 has no peer"
        begin = perf_counter()
        tables = extract(data)
        seconds.append(perf_counter() - begin)
        found = grade_tables(tables, report)
        right, missed, wrong = right + found[0], missed + found[1], wrong + found[2]
    total = right + missed + wrong
    share, milliseconds = 100 * right / max(total, 1), 1000 * median(seconds)
    counts = f"{len(pairs):>6}{total:>8}{share:>9.2f}%{missed:>8}{wrong:>7}"
    print(f"{'':11}{'  beside ' + name:<25}{counts}{'':13}{milliseconds:>9.1f}")
