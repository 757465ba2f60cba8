"""A plan of how the reports of one shape are read, and a report read by it: its texts put where the plan says."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from extract.forms.cells import judged, value_of
from extract.forms.engine import FormReading
from extract.forms.second import RowName
from extract.forms.slots import Slot
from extract.forms.symbols import Print
from extract.kept import Kept
from extract.ledger import Ledger
from extract.model import Finding, FormCell, Number, State
from extract.templates import Template
from extract.text import is_count

_COUNTS_KEPT = 4096


class Planned(NamedTuple):
    """A cell of the form for which one cell of the tables stands: the number of that cell, and the units."""

    table: str
    row: str
    item: str | None
    column: str
    state: State | None
    cell: int
    printed_unit: str
    unit: str


PlannedCell = FormCell | Planned | Slot


@dataclass(frozen=True, slots=True)
class Plan:
    """How every document of one shape is read. Texts with symbols in them (slots, findings) are made out each time.

    ``numbers`` tells which cell of all tables a symbol stands for, and ``runs`` which rows are confirmed by the values
    of a run (``extract.forms.tables``) only if none of them is blank. ``tells_words``: words of the tables may be told.
    """

    template: Template | None
    cells: tuple[PlannedCell, ...]
    findings: tuple[Finding, ...]
    confirmed: frozenset[RowName]
    seconded: frozenset[str]
    ledger: Ledger | None
    is_complete: bool
    single: "Single | None"
    numbers: Mapping[int, int]
    runs: Mapping[int, frozenset[RowName]]
    tells_words: bool = False

    def filled(self, texts: Sequence[str], ats: Sequence[str], gaps: Iterable[int]) -> FormReading:
        """Return the reading of a document: the texts of all cells and their places, and the runs with blank cells."""
        printed = Print(texts, ats, self.numbers)
        confirmed = self.confirmed.difference(*(self.runs[run] for run in gaps if run in self.runs))
        findings = tuple(finding._replace(detail=printed.restored(finding.detail)) for finding in self.findings)
        cells = tuple(self._cells(printed))
        return FormReading(self.template, cells, findings, confirmed, self.seconded, self.ledger, self.is_complete)

    def _cells(self, printed: Print) -> Iterator[FormCell]:
        single = self.single.filled(printed) if self.single else iter(())
        if self.single and len(self.single.cells) == len(self.cells):
            return single
        return self._with_others(single, printed)

    def _with_others(self, single: Iterator[FormCell], printed: Print) -> Iterator[FormCell]:
        for cell in self.cells:
            if isinstance(cell, Planned):
                yield next(single)
            elif isinstance(cell, FormCell):
                yield cell
            else:
                raw, at, text = map(printed.restored, (cell.raw, cell.at, cell.text))
                yield judged(cell._replace(raw=raw, at=at, text=text))


_COUNT = "件"
_counts: Kept[tuple[State, Number | None]] = Kept(
    lambda text: ("reported", int(text)) if is_count(text) else value_of(text, "", _COUNT), _COUNTS_KEPT
)

_CELL: Callable[[tuple[str, str, str | None, str, State, Number | None, str, str]], FormCell] = partial(
    tuple.__new__, FormCell
)


@dataclass(frozen=True, slots=True)
class Single:
    """The planned cells of a shape field by field: all are filled at once, in a third of the time of one by one.

    By the number of the cell among these, ``others`` are the units of those that are not in 件, printed and wanted,
    and ``known`` the states that do not depend on a text.
    """

    heads: tuple[tuple[str, ...], tuple[str, ...], tuple[str | None, ...], tuple[str, ...]]
    cells: tuple[int, ...]
    others: tuple[tuple[int, str, str], ...]
    known: Mapping[int, State]

    def filled(self, printed: Print) -> Iterator[FormCell]:
        """Yield these cells of the form as a document prints them."""
        texts = [printed.texts[cell] for cell in self.cells]
        ats = [printed.ats[cell] for cell in self.cells]
        found = list(map(_counts.__getitem__, texts))
        for number, printed_unit, unit in self.others:
            found[number] = value_of(texts[number], printed_unit, unit)
        for number, state in self.known.items():
            found[number] = state, None
        states, values = zip(*found, strict=True)
        return map(_CELL, zip(*self.heads, states, values, texts, ats, strict=True))


def single(cells: Iterable[PlannedCell]) -> Single | None:
    """Return the planned cells among those of a form field by field, if there are any."""
    planned = [cell for cell in cells if isinstance(cell, Planned)]
    if not planned:
        return None
    tables, rows, items, columns, states, numbers, printed_units, wanted = zip(*planned, strict=True)
    known = {number: state for number, state in enumerate(states) if state is not None}
    units = enumerate(zip(printed_units, wanted, strict=True))
    others = tuple((number, *pair) for number, pair in units if pair != ("", _COUNT))
    return Single((tables, rows, items, columns), numbers, others, known)
