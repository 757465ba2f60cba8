"""What the scanners of tables hand over: printed rows of the form, each with one or more possible arrangements."""

from dataclasses import dataclass, field
from typing import NamedTuple

from extract.model import Finding, State


class Printed(NamedTuple):
    """The text read for one cell and its place. ``certain`` is False when the text may belong to another cell.

    ``raw`` is what is printed where ``text`` has joined its pieces.
    """

    text: str
    at: str
    unit: str = ""
    certain: bool = True
    raw: str = ""


Arrangement = tuple[Printed, ...]
"""The printed cells of one row, in the order of its columns."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A recognised row of the form. Several ``options`` mean that the layout is ambiguous; only the sums may choose.

    No option at all means that the row is printed but its cells cannot be told apart. ``fallback`` is what stands
    when no sum speaks for the only option (digits joined over a line break). ``needs_proof``: a sum must speak even for
    a single option (cells may be missing in front). ``is_full``: exactly one value a column is printed.
    ``in_order``: only the order of the values is known, blank cells are lost. ``by_numbers``: which options there are
    depends on the numbers printed, not only on where they stand. ``lost``: the figures of a row that lost blank cells, which
    has no option; ``windows`` are the only ways in which they may stand, if blanks are left that tell. ``is_steady``: the
    only option holds these cells whichever of them are blank, in this row and in all that are steady; with none blank it
    ``is_full``.
    """

    table: str
    row: str
    item: str | None
    columns: tuple[str, ...]
    options: tuple[Arrangement, ...]
    at: str
    raw: str = ""
    fallback: Arrangement | None = None
    needs_proof: bool = False
    is_full: bool = False
    in_order: bool = False
    by_numbers: bool = False
    is_steady: bool = False
    lost: Arrangement = ()
    windows: tuple[Arrangement, ...] = ()


class Slot(NamedTuple):
    """A cell of the form and what stands for it. ``state`` is ``None`` where ``text`` and its units decide it.

    ``unit`` is the form's; ``printed_unit`` is that of the header, where it prints one.
    """

    table: str
    row: str
    item: str | None
    column: str
    state: State | None
    raw: str
    at: str
    text: str = ""
    printed_unit: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scanner found: rows of the form, findings, and the grid rows (indices) it accounted for."""

    rows: tuple[FormRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    claimed: frozenset[int] = field(default_factory=frozenset)

    def __add__(self, other: "Scan") -> "Scan":
        return Scan(self.rows + other.rows, self.findings + other.findings, self.claimed | other.claimed)


def note(rule: str, detail: str, **where: str) -> Finding:
    """Return a finding about the reading itself: not a verdict on the agency's figures."""
    return Finding(rule, "NOT_ASSESSABLE", where, detail=detail)
