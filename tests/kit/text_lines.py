"""Layout 000: a PDF's text, every printed line on its own, cells broken wherever their width ended."""

import re
from dataclasses import dataclass, field
from random import Random

from tests.kit import form
from tests.kit.truth import Truth

PROSE_WIDTH = 27
LABEL_WIDTH = 13


@dataclass(slots=True)
class Lines:
    """Printed lines; ``kept`` are the indices that no page may separate from the line before."""

    lines: list[str] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)

    def add(self, *lines: str, together: bool = False) -> None:
        """Append lines; ``together`` keeps the second and later ones on the page of the first."""
        for order, line in enumerate(lines):
            if together and order:
                self.kept.add(len(self.lines))
            self.lines.append(line)


def render(truth: Truth, rng: Random, *, split_digits: bool = False) -> str:
    """Print a report without a title, its agency and date at the end, as a text layer of a PDF gives it.

    With ``split_digits`` a long number may be cut by the edge of its cell. A blank cell leaves no trace here.
    """
    out = Lines()
    for number, (heading, paragraphs) in enumerate(zip(form.HEADINGS, truth.sections, strict=True), start=1):
        out.add(heading)
        for paragraph in paragraphs:
            out.add(*_wrap(spaced(paragraph), PROSE_WIDTH, rng))
        if number in _TABLES:
            _TABLES[number](truth, rng, out, split_digits)
    year, month, day = truth.published.split("-")
    out.add(truth.agency, f"{year} 年 {int(month)} 月 {int(day)} 日")
    return _paged(out, rng)


def _paged(out: Lines, rng: Random) -> str:
    """Join lines; a page begins with a space after a single line end, or with the number of the last page."""
    text, page, left = [" " + out.lines[0]], rng.randint(1, 3), rng.randint(20, 45)
    marked = rng.random() < 0.6
    for index, line in enumerate(out.lines[1:], start=1):
        left -= 1
        if left > 0 or index in out.kept:
            text.append("\n\n" + line)
            continue
        page, left = page + 1, rng.randint(20, 60)
        text.append(f"\n\n\n\n-{page}-\n\n{line}" if marked and rng.random() < 0.5 else f"\n {line}")
    return "".join(text) + "\n\n\n"


def spaced(paragraph: str) -> str:
    """Set off numbers from Chinese characters with spaces, as the typesetters' automatic spacing comes out."""
    before = re.sub(r"(?<=[一-鿿])(?=\d)", " ", paragraph)
    return re.sub(r"(?<=\d)(?=[一-鿿])", " ", before)


def _wrap(text: str, limit: int, rng: Random) -> list[str]:
    """Break a text near a width, but not inside a number."""
    lines, rest = [], text
    while len(rest) > limit:
        cut = limit - rng.randint(0, 2)
        while cut > 1 and rest[cut - 1].isdigit() and rest[cut].isdigit():
            cut -= 1
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, rest]


def _pieces(label: str, rng: Random, smallest: int = 1, largest: int = 3) -> list[str]:
    """Break a narrow cell's label into short lines."""
    pieces, rest = [], label
    while rest:
        cut = rng.randint(smallest, largest)
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return pieces


def _add_row(out: Lines, rng: Random, label: list[str], values: list[str], split_digits: bool) -> None:
    """Print a row: figures follow a one-line label, and stand on a line of their own after a longer one."""
    numbers = _number_lines([value for value in values if value], rng, split_digits)
    if len(label) == 1:
        out.add(" ".join((label[0], *numbers[:1])), *numbers[1:], together=True)
    else:
        out.add(*label)
        out.add(*numbers, together=True)


def _number_lines(values: list[str], rng: Random, split_digits: bool) -> list[str]:
    if not values:
        return []
    long = [index for index, value in enumerate(values) if len(value) >= 4 and value.isdigit()]
    if split_digits and long and rng.random() < 0.5:
        index = rng.choice(long)
        cut = rng.randint(1, len(values[index]) - 1)
        head, tail = values[index][:cut], values[index][cut:]
        return [" ".join((*values[:index], head)), " ".join((tail, *values[index + 1 :]))]
    wide = sum(map(len, values)) > 20
    if len(values) > 1 and rng.random() < (0.6 if wide else 0.1):
        cut = rng.randint(1, len(values) - 1)
        return [" ".join(values[:cut]), " ".join(values[cut:])]
    return [" ".join(values)]


def _disclosure(truth: Truth, rng: Random, out: Lines, split_digits: bool) -> None:
    for article, headers, rows in form.DISCLOSURE[truth.template]:
        out.add(article, " ".join(("信息内容", *headers)))
        for row, label, columns in rows:
            for item in (truth.items if row == "other_services" else ()) or (None,):
                values = [truth.text("disclosure", row, column, item) for column in columns]
                if row == "fees" and values == ["0"] and rng.random() < 0.5:
                    values = ["0元"]
                head = [label] if item in (None, *truth.items[:1]) else []
                _add_row(out, rng, [" ".join((*head, item))] if item else head, values, False)


def _requests(truth: Truth, rng: Random, out: Lines, split_digits: bool) -> None:
    _requests_header(rng, out)
    results = _pieces(form.RESULTS_LABEL, rng, 2, 4)
    group_before = ""
    _request(truth, rng, out, form.NEW, 30, split_digits)
    _request(truth, rng, out, form.CARRIED_IN, 30, split_digits)
    out.add(*results)
    for row, group, label in truth.outcomes():
        if group and group != group_before:
            out.add(*_pieces(group, rng, 3, 5))
            group_before = group
        _request(truth, rng, out, (row, label), LABEL_WIDTH if group else LABEL_WIDTH + 4, split_digits)
    _request(truth, rng, out, form.PROCESSED_TOTAL, 30, split_digits)
    _request(truth, rng, out, form.CARRIED_OUT, 30, split_digits)


def _request(truth: Truth, rng: Random, out: Lines, line: tuple[str, str], limit: int, split_digits: bool) -> None:
    row, label = line
    values = [truth.text("requests", row, column) for column, _ in form.REQUEST_COLUMNS]
    _add_row(out, rng, _wrap(label, limit, rng), values, split_digits)


def _requests_header(rng: Random, out: Lines) -> None:
    labels = [label for _, label in form.REQUEST_COLUMNS]
    out.add(*_wrap(form.SUM_HINT, 20, rng), "申请人情况")
    if rng.random() < 0.7:
        out.add(f"{labels[0][:2]} 法人或其他组织 {labels[-1]}", labels[0][2:])
    else:
        out.add(f"{labels[0]} 法人或其他组织 {labels[-1]}")
    for label in labels[1:-1]:
        out.add(*_pieces(label, rng, 2, 2))


def _review(truth: Truth, rng: Random, out: Lines, split_digits: bool) -> None:
    out.add("行政复议 行政诉讼")
    headers = [label for _, label in form.REVIEW_COLUMNS]
    for group in range(3):
        if group == 1:
            out.add("未经复议直接起诉 复议后起诉")
        for label in headers:
            out.add(*_pieces(label, rng, 1, 2))
    values = [truth.text("review", row, column) for row, _ in form.REVIEW_ROWS for column, _ in form.REVIEW_COLUMNS]
    out.add(*_number_lines([value for value in values if value], rng, False), together=True)


_TABLES = {2: _disclosure, 3: _requests, 4: _review}
