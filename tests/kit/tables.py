"""A truth's three tables as boxes with spans: the form as it would be ruled on paper."""

from dataclasses import dataclass, replace

from tests.kit import form
from tests.kit.truth import Truth


@dataclass(frozen=True, slots=True)
class Box:
    """A printed cell. ``is_value`` tells figures from labels."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    is_value: bool = False


Rows = list[list[Box]]


def width(rows: Rows) -> int:
    """Return the number of columns of a table (its first row is never shortened by a row span)."""
    return sum(box.colspan for box in rows[0])


def disclosure_blocks(truth: Truth) -> list[Rows]:
    """Return the blocks 第二十条第（一）项 … of section two, each as its own rows of one width."""
    label_span = 2 if truth.items else 1
    return [_block(truth, block, label_span) for block in form.DISCLOSURE[truth.template]]


def disclosure(truth: Truth) -> Rows:
    """Return section two as one table."""
    return [row for block in disclosure_blocks(truth) for row in block]


def _block(truth: Truth, block: form.Block, label_span: int) -> Rows:
    article, headers, lines = block
    rows: Rows = [[Box(article, colspan=label_span + 3)], [Box("信息内容", label_span), *_spread(headers, False)]]
    for row, label, columns in lines:
        items = truth.items if row == "other_services" else ()
        for item in items or (None,):
            head = [Box(label, label_span)]
            if item:
                head = [Box(label, rowspan=len(items))] if item == items[0] else []
                head.append(Box(item))
            values = tuple(truth.text("disclosure", row, column, item) for column in columns)
            rows.append([*head, *_spread(values, True)])
    return rows


def _spread(texts: tuple[str, ...], is_value: bool) -> list[Box]:
    """Let the last of one to three texts fill what is left of three columns."""
    return [
        Box(text, colspan=1 if index < len(texts) - 1 else 4 - len(texts), is_value=is_value)
        for index, text in enumerate(texts)
    ]


def request_values(truth: Truth, row: str) -> list[Box]:
    """Return the seven figures of a row of section three."""
    return [Box(truth.text("requests", row, column), is_value=True) for column, _ in form.REQUEST_COLUMNS]


def requests_header() -> Rows:
    """Return the three header rows of section three."""
    labels = [label for _, label in form.REQUEST_COLUMNS]
    return [
        [Box(form.SUM_HINT, 3, 3), Box("申请人情况", 7)],
        [Box(labels[0], rowspan=2), Box("法人或其他组织", 5), Box(labels[-1], rowspan=2)],
        [Box(label) for label in labels[1:-1]],
    ]


def requests(truth: Truth) -> Rows:
    """Return section three as one table of ten columns."""
    rows = requests_header()
    rows += [[Box(label, 3), *request_values(truth, row)] for row, label in (form.NEW, form.CARRIED_IN)]
    outcomes = truth.outcomes()
    groups = [group for _, group, _ in outcomes]
    seen: set[str] = set()
    for index, (row, group, label) in enumerate(outcomes):
        head = [Box(form.RESULTS_LABEL, rowspan=len(outcomes) + 1)] if index == 0 else []
        if group and group not in seen:
            head.append(Box(group, rowspan=groups.count(group)))
            seen.add(group)
        head.append(Box(label, 1 if group else 2))
        rows.append([*head, *request_values(truth, row)])
    row, label = form.PROCESSED_TOTAL
    rows.append([Box(label, 2), *request_values(truth, row)])
    row, label = form.CARRIED_OUT
    rows.append([Box(label, 3), *request_values(truth, row)])
    return rows


def review(truth: Truth) -> Rows:
    """Return section four as one table of fifteen columns."""
    headers = [label for _, label in form.REVIEW_COLUMNS]
    values = [
        Box(truth.text("review", row, column), is_value=True)
        for row, _ in form.REVIEW_ROWS
        for column, _ in form.REVIEW_COLUMNS
    ]
    return [
        [Box("行政复议", 5), Box("行政诉讼", 10)],
        [*(Box(label, rowspan=2) for label in headers), Box("未经复议直接起诉", 5), Box("复议后起诉", 5)],
        [Box(label) for label in headers * 2],
        values,
    ]


def positions(rows: Rows) -> list[list[tuple[Box, bool, bool]]]:
    """Expand spans: for each row and column the box there, and whether it begins in that row, in that column."""
    columns = width(rows)
    grid: list[list[tuple[Box, bool, bool] | None]] = [[None] * columns for _ in rows]
    for top, row in enumerate(rows):
        for box in row:
            left = grid[top].index(None)
            for down in range(box.rowspan):
                for right in range(box.colspan):
                    grid[top + down][left + right] = (box, down == 0, right == 0)
    full = [[place for place in line if place is not None] for line in grid]
    if any(len(line) != columns for line in full):
        raise ValueError("the boxes do not tile the table")
    return full


def cut(rows: Rows, at: int, repeat_label: bool) -> tuple[Rows, Rows]:
    """Cut a table below its header, before row ``at``.

    A cell that spans the cut goes on below, with its label again or empty.
    """
    above, below = [list(row) for row in rows[:at]], [list(row) for row in rows[at:]]
    carried: list[Box] = []
    for index, row in enumerate(above):
        for place, box in enumerate(row):
            over = index + box.rowspan - at
            if over > 0:
                row[place] = replace(box, rowspan=box.rowspan - over)
                carried.append(replace(box, rowspan=over, text=box.text if repeat_label else ""))
    if below:
        below[0] = carried + below[0]
    return above, below
