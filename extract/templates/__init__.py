"""Form years: one file each holding one ``TEMPLATE`` literal; labels, units and sums are data.

A row's ``label`` is the form's official label, ordinal included; ``aliases`` are other printings seen (misprints,
shortenings), written without their ordinal. Matching ignores white space and punctuation (``extract.labels``).
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the form: its name in the codebook, printed label, unit and other printings of the label."""

    name: str
    label: str
    unit: str = "件"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form: codebook name, printed label (``group`` is the label of the rows it is filed under)."""

    name: str
    label: str
    columns: tuple[Column, ...]
    group: str = ""
    aliases: tuple[str, ...] = ()
    legal_basis: str = ""
    has_items: bool = False
    """True where agencies print sub-items of their own under the row (行政检查 under 其他对外管理服务事项)."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An identity of the form: the members of ``parts`` add up to the members of ``whole``.

    ``along="row"``: the names are columns and the identity holds in every row; ``along="column"``: the names are
    rows and it holds in every column.
    """

    rule: str
    table: str
    along: Literal["row", "column"]
    parts: tuple[str, ...]
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One of the form's tables; ``groups`` are labels that only head other rows."""

    name: str
    rows: tuple[Row, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """One edition of the form and the report years it was issued for (``last_year`` None: still in force).

    There is one object for each edition, equal to nothing else: what is derived from it is kept by it.
    """

    name: str
    first_year: int
    last_year: int | None
    tables: tuple[Table, ...]
    sums: tuple[Sum, ...]
    circular: str
