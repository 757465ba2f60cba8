"""Good documents spoiled in one place, and how many then give another number in silence: none should.

``python -m benchmarks mutants [--each N] [--reports N] [--seed N] [--only NAME]`` changes every report ``--each`` times:
its tables before they are printed in every format, the lines of its texts, the bytes of its files. The changes, and
what no document can tell by itself, are those of ``tests.kit.mutants``.
"""

import argparse
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.accuracy.styles import Style, styles
from extract.reading import read
from tests.comparing import truths
from tests.kit.mutants import Mutant, changed_in_silence, files, lines, misnamed_in_silence, stories
from tests.kit.mutants.prints import PRINTS
from tests.kit.truth import TruthCell

Spoiled = tuple[Mutant, Sequence[TruthCell]]
_SHOWN = 3


def main(options: Sequence[str] = ()) -> None:
    """Print a line for each way of spoiling: documents, those changed in silence, outcomes; and the silent ones."""
    asked = _arguments().parse_args(options)
    logging.disable(logging.CRITICAL)
    for name, spoiled in _ways(asked.each, asked.reports, asked.seed):
        if not asked.only or name.split()[0] in asked.only:
            _measure(name, spoiled)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks mutants")
    parser.add_argument("--each", type=int, default=200, help="changes of every document (default 200)")
    parser.add_argument("--reports", type=int, default=2, help="documents of each style (default 2)")
    parser.add_argument("--seed", type=int, default=0, help="other changes (default 0)")
    parser.add_argument("--only", action="append", help="only tables, lines or bytes; may be given again")
    return parser


def _ways(each: int, reports: int, seed: int) -> Iterator[tuple[str, Iterator[Spoiled]]]:
    for name in PRINTS:
        yield f"tables {name}", _tables(name, each, reports, seed)
    for style in styles():
        if not style.kind.endswith("scan"):
            yield f"bytes {style.format} {style.name}", _bytes(style, each, reports, seed)
        if style.format.startswith("text"):
            yield f"lines {style.format} {style.name}", _lines(style, each, reports, seed)


def _tables(name: str, each: int, reports: int, seed: int) -> Iterator[Spoiled]:
    for truth in truths(reports):
        for mutant in stories.mutants(truth, name, each, seed):
            yield mutant, truth.cells


def _bytes(style: Style, each: int, reports: int, seed: int) -> Iterator[Spoiled]:
    for report, data in style.print(reports):
        for mutant in files.mutants(data, style.hint, each, seed):
            yield mutant, report.cells


def _lines(style: Style, each: int, reports: int, seed: int) -> Iterator[Spoiled]:
    for report, data in style.print(reports):
        has_gaps = any(cell["state"] in ("blank", "mark") for cell in report.cells)
        for mutant in lines.mutants(data, each, seed, has_gaps=has_gaps):
            yield mutant, report.cells


def _measure(name: str, spoiled: Iterable[Spoiled]) -> None:
    outcomes: Counter[str] = Counter()
    silent: list[str] = []
    for mutant, cells in spoiled:
        reading = read(mutant.data, mutant.hint)
        outcomes[reading.outcome] += 1
        changed = changed_in_silence(reading, cells, mutant.excused)
        if changed:
            silent.append(f"{mutant.change}: {len(changed)} cells, {changed[0]}")
        elif misnamed := misnamed_in_silence(reading, mutant):
            silent.append(f"{mutant.change}: {', '.join(misnamed)}")
    told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    print(f"{name:<36}{outcomes.total():>6}{len(silent):>5} silent   {told}", flush=True)
    for line in silent[:_SHOWN]:
        print(f"    {line}")
