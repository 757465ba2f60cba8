"""Whether a report prints the whole form: every row of its template, with all its columns."""

from collections.abc import Collection
from functools import cache

from extract.ledger import Placed
from extract.sums import OTHER_PROCESSING, OTHER_SUB_ROWS, REQUESTS
from extract.templates import Template


def is_complete(cells: Collection[Placed], template: Template) -> bool:
    """Say whether every row of the template is printed with all its columns, whatever its cells say.

    （六）其他处理 counts for its three sub-rows, and an agency's own items for the row they stand under.
    """
    printed = {(cell.table, cell.row) for cell in cells if cell.state != "absent"}
    own = {(cell.table, cell.row) for cell in cells if cell.state != "absent" and cell.item is None}
    wanted = _rows_of(template)
    if (REQUESTS, OTHER_PROCESSING) in printed:
        wanted -= {(REQUESTS, name) for name in OTHER_SUB_ROWS}
    return wanted <= printed and not any(cell.state == "absent" and (cell.table, cell.row) in own for cell in cells)


@cache
def _rows_of(template: Template) -> frozenset[tuple[str, str]]:
    return frozenset((table.name, row.name) for table in template.tables for row in table.rows)
