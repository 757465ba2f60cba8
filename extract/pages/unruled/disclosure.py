"""A block of the disclosure table without ruling lines, told by its words: columns by its header, rows by their labels."""

from collections.abc import Sequence
from itertools import takewhile

from extract.pages.unruled.below import columns_of_values
from extract.pages.unruled.groups import DISCLOSURE_STARTS
from extract.pages.unruled.header import form_header
from extract.pages.unruled.labels import DISCLOSURE, rows_of_labels
from extract.pages.unruled.rows import Row, Unruled
from extract.pages.unruled.told import body_below, cells_of, ends_label, lines_of

_ARTICLE = DISCLOSURE_STARTS[0]
_HIGHEST_HEADER = 4  # lines


def disclosure_block(run: Sequence[Row]) -> Unruled | None:
    """Return a block, or ``None`` where its header is not the form's, one of its labels is unknown, or it goes on."""
    titles = list(takewhile(lambda row: row.line.text.startswith(_ARTICLE), run))
    start = len(titles)
    headers = {count: form_header(run[start : start + count]) for count in range(_HIGHEST_HEADER, 0, -1)}
    count, header = next(((count, found) for count, found in headers.items() if found), (0, ()))
    if not header:
        return None
    below = run[start + count :]
    body = body_below(below, header[1:], DISCLOSURE)
    again = any(row.values or ends_label([row], DISCLOSURE) for row in below[len(body) :])
    columns = columns_of_values(body, header[1:])
    if again or columns is None or any(row.page != run[start].page for row in body if row.values):
        return None
    found = rows_of_labels(list(lines_of(body, columns)), DISCLOSURE)
    if not found or not all(row.known for row in found):
        return None
    made = [(title.words[0],) for title in titles]
    last = start + count + found[-1].lines[-1].place
    return Unruled(
        (*made, header, *(cells_of(row, header[1:]) for row in found)),
        tuple(row.line for row in run[: last + 1]),
        aligned=True,
    )
