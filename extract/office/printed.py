"""Tables whose cells hold nothing but text, field by field: a document has hundreds of cells, and a record each takes
as long as reading them."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple


class Edges(NamedTuple):
    """Where the cells of a table lie: how many each row has; of all cells in order the left and right edges (any unit
    that grows to the right) and whether they are the lower part of a cell merged downwards."""

    counts: tuple[int, ...] = ()
    lefts: tuple[int, ...] = ()
    rights: tuple[int, ...] = ()
    continued: tuple[bool, ...] = ()


class PrintedTable(NamedTuple):
    """The cells of a table: where they lie, their texts, and their places in the source, if any is stated."""

    edges: Edges
    texts: Sequence[str]
    ats: Sequence[str] = ()

    def rows(self) -> Iterator[range]:
        """Yield the numbers of each row's cells."""
        return (range(top, below) for top, below in pairwise(accumulate(self.edges.counts, initial=0)))

    def part(self, first: int, end: int) -> "PrintedTable":
        """Return the rows from one to the one before another as a table."""
        top, below = sum(self.edges.counts[:first]), sum(self.edges.counts[:end])
        counts, lefts, rights, continued = self.edges
        edges = Edges(counts[first:end], lefts[top:below], rights[top:below], continued[top:below])
        return PrintedTable(edges, self.texts[top:below], self.ats[top:below])
