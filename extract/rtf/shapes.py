"""Shapes of an RTF file that float over a table (Word 2007 RTF Specification 1.9.1, Shapes): what of it they cover."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.office.table import TableCell
from extract.office.word.floats import Content, Over, Reach, lying, seen_rows

_MAKES_ROOM = (1, 2, 4)
"""Wrappings with which no text stands below a shape."""

_FROM_PAGE = frozenset(("shpbxpage", "shpbxmargin", "shpbypage", "shpbymargin"))
_NEAR = frozenset(("shpbxignore", "shpbyignore"))
_SIDES = ("shpleft", "shpright", "shptop", "shpbottom")


@dataclass(slots=True)
class Shape:
    """A shape: the row and the cell in which it is anchored, counted from 0, and the words that it states."""

    row: int
    cell: int
    said: dict[str, int] = field(default_factory=dict)

    def over(self, rows: Sequence[Sequence[TableCell]]) -> Over | None:
        """Return what it covers of a table; ``None`` where the text makes room for it, or stands before it."""
        row = rows[self.row] if self.row < len(rows) else ()
        is_placed = self.cell < len(row) and not self._is_on_page()
        reach = self.reach(is_placed=is_placed)
        return reach and Over(reach, self.row, row[self.cell].left if is_placed else 0)

    def outside(self) -> Reach | None:
        """Return what it covers, anchored in a line outside the tables; ``None`` likewise."""
        return self.reach(is_placed=not self._is_on_page())

    def reach(self, *, is_placed: bool) -> Reach | None:
        """Return what it covers, around its anchor unless it is placed from there."""
        said = self.said
        if said.get("shpwr") in _MAKES_ROOM or said.get("shpfblwtxt"):
            return None
        content: Content = "text" if "shptxt" in said else ""
        left, right, top, bottom = (said.get(name, 0) for name in _SIDES)
        placed = Reach(left, right, top, bottom) if is_placed else lying(None, None, right - left, bottom - top)
        return placed._replace(content=content)

    def _is_on_page(self) -> bool:
        return bool(self.said.keys() & _FROM_PAGE) and not self.said.keys() >= _NEAR


def seen_below(shapes: Sequence[Shape], rows: Sequence[tuple[TableCell, ...]]) -> Iterator[tuple[TableCell, ...]]:
    """Yield the rows of a table with the figures set apart that shapes may cover."""
    over = [found for found in (shape.over(rows) for shape in shapes) if found is not None]
    return seen_rows(rows, over) if over else iter(rows)
