"""Pictures, shapes and text boxes that lie on the cells of a sheet, and what of them a reader cannot be sure to see."""

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from typing import Literal, NamedTuple

from extract.errors import TooBigError
from extract.html.table import PICTURE_MARK
from extract.office.excel.sheets import Area, Place
from extract.office.unseen import is_figure, set_apart

MAX_DRAWINGS = 200
"""Most drawings of a sheet; reports have a seal, or a few arrows."""

_MOST_BLANKS = 10_000

Content = Literal["text", "picture", ""]


class Drawing(NamedTuple):
    """The cells that a drawing covers, whether a figure may stand in it, and its words."""

    area: Area
    content: Content = ""
    words: str = ""


def cover(drawings: Sequence[Drawing], texts: MutableMapping[Place, str], merged: Sequence[Area]) -> None:
    """Set the figures of a sheet apart that drawings cover, and mark the blank cells of its tables that they may fill.

    Raises ``TooBigError`` past a limit.
    """
    if not drawings:
        return
    if len(drawings) > MAX_DRAWINGS:
        raise TooBigError(f"sheet has more than MAX_DRAWINGS = {MAX_DRAWINGS} drawings")
    blanks = _blanks([drawing.area for drawing in drawings if drawing.content], texts)
    areas = {(area.top, area.left): area for area in merged}
    for place, text in texts.items():
        area = areas.get(place, Area(*place, *place))
        if is_figure(text) and any(_meet(drawing.area, area) for drawing in drawings):
            texts[place] = set_apart(text)
    texts.update(dict.fromkeys(blanks - _continued(merged, blanks), PICTURE_MARK))


def words_around(drawings: Sequence[Drawing], texts: Mapping[Place, str]) -> tuple[list[str], list[str]]:
    """Return the words of drawings that begin above the first used row of a sheet, and of the others, from the top down."""
    first = min((row for row, _ in texts), default=0)
    worded = [drawing for drawing in sorted(drawings) if not is_figure(drawing.words)]
    above = [drawing.words for drawing in worded if drawing.area.top < first]
    return above, [drawing.words for drawing in worded if drawing.area.top >= first]


def _meet(one: Area, other: Area) -> bool:
    in_rows = one.top <= other.bottom and other.top <= one.bottom
    return in_rows and one.left <= other.right and other.left <= one.right


def _blanks(areas: Sequence[Area], texts: Mapping[Place, str]) -> set[Place]:
    """Return the blank cells in areas that stand behind another of their row, in a column that is used."""
    begins: dict[int, int] = {}
    for row, column in texts:
        begins[row] = min(column, begins.get(row, column))
    columns = sorted({column for _, column in texts})
    found: set[Place] = set()
    for area in areas:
        rows = [row for row in begins if area.top <= row <= area.bottom]
        beside = [column for column in columns if area.left <= column <= area.right]
        if len(rows) * len(beside) > _MOST_BLANKS:
            raise TooBigError(f"a drawing covers more than {_MOST_BLANKS} cells")
        found.update((row, column) for row in rows for column in beside if begins[row] < column)
    return found - texts.keys()


def _continued(merged: Sequence[Area], places: Collection[Place]) -> set[Place]:
    """Return those places that belong to a merged cell which begins elsewhere."""
    if len(merged) * len(places) > _MOST_BLANKS * MAX_DRAWINGS:
        raise TooBigError("drawings cover too many merged cells")
    return {place for place in places for area in merged if _meet(area, Area(*place, *place)) and place != area[:2]}
