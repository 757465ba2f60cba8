"""The disclosure table in grids of which only the order of cells can be believed; a header holds until the next one."""

from collections.abc import Sequence
from functools import cache, lru_cache

from extract.forms.disclosure import INFORMATION, ITEM_ROWS
from extract.forms.flattened.cut_rows import ReadRow, length_of, without_cut
from extract.forms.flattened.offsets import offset_below
from extract.forms.flattened.rows import Line, arrangements, label_of, misprint
from extract.forms.money import AMOUNT, agreed, caption_of, unit_of
from extract.forms.order import in_order
from extract.forms.slots import FormRow, Scan
from extract.forms.strange_columns import has_strange_columns
from extract.labels import RowLabel, Vocabulary, key, templates
from extract.model import Finding
from extract.text import compact

_BLOCK_STARTS = ("第二十条", "信息内容")
_KEPT = 1024


def scan_disclosure(rows: list[Line], words: Vocabulary) -> Scan:
    """Read the rows of the disclosure table; a header holds until the next one."""
    columns: tuple[str, ...] = ()
    unit = caption = ""
    header: Line | None = None
    group: RowLabel | None = None
    found: list[ReadRow] = []
    misprints: list[Finding] = []
    claimed: set[int] = set()
    for line in rows:
        label = label_of(line, words, "disclosure") if line.words else None
        named = _columns_in(line, words)
        if named or _begins_block(line):
            columns = (*columns, *named) if _goes_on(line, header) else named
            unit, group = agreed(_unit(line), caption), None
            header = line
        if columns and not (label and line.values) and (spoken := _answered_in_words(line, words)):
            claimed.add(line.index)
            said = " | ".join(cell.text for cell in (*line.words[1:], *line.values))
            found.append((line, header, FormRow("disclosure", spoken.row, None, columns, (), line.at(), said)))
            continue
        if not line.values:
            caption = agreed(caption, *(caption_of(cell.text) for cell in line.words if not named))
            continue
        row, item, group = _row_and_item(line, label, group, words)
        if row is None or not (columns or line.filled):
            continue
        claimed.add(line.index)
        found.append((line, header, _disclosure_row(line, row, item, columns, unit, header, words)))
        misprints += misprint(line, label, "disclosure")
    return Scan(tuple(without_cut(found, rows[-1]) if found else ()), tuple(misprints), frozenset(claimed))


def _disclosure_row(
    line: Line, row: str, item: str | None, columns: tuple[str, ...], unit: str, header: Line | None, words: Vocabulary
) -> FormRow:
    stated = agreed(unit, _unit(line))
    units = tuple(stated if name == AMOUNT else "" for name in columns)
    # A header of two rows is flattened in another order than its columns stand in: it does not say whose they are.
    offset = offset_below(line, header, len(columns))
    options = (
        arrangements(line, len(columns), offset, units, length_of(header, len(columns)))
        if _is_known(row, columns)
        and not (header and has_strange_columns(header.text, words))
        and not (header and _has_blanks(line, header, columns) and _has_gap(header))
        else ()
    )
    return FormRow(
        "disclosure",
        row,
        item,
        columns,
        options,
        line.at(),
        line.raw(),
        is_full=len(line.filled) == len(columns),
        in_order=not line.complete,
        by_numbers=len(line.filled) > len(columns) or (bool(options) and len(set(columns)) < len(columns)),
    )


def _is_known(row: str, columns: tuple[str, ...]) -> bool:
    """Say whether the columns of a header are in the form's order, and none of those of the row is missing.

    Beside a header that lost a column the figures of a row that lost a blank seem to be as many as there are columns.
    """
    of_row = _columns_of_row(row)
    return in_order(columns, "disclosure") and (columns in of_row or not any(set(columns) < set(own) for own in of_row))


def _has_blanks(line: Line, header: Line, columns: tuple[str, ...]) -> bool:
    """Say whether a row has fewer figures than there are columns, or blanks beside them that its header has not."""
    if len(line.filled) < len(columns):
        return True
    over = [cell.column for cell in header.words[-len(columns) :]]
    is_below = line.length == header.length and [cell.column for cell in line.filled] == over
    return len(line.values) > len(line.filled) and not is_below


def _has_gap(header: Line) -> bool:
    """Say whether a blank stands among the columns of a header: it may be one of those of a row with blanks."""
    places = [cell.column for cell in header.words]
    start = next((place for place, cell in enumerate(header.words) if key(cell.text) in INFORMATION), len(places))
    return (
        places[start:] != list(range(places[start], places[start] + len(places) - start)) if places[start:] else False
    )


@cache
def _columns_of_row(name: str) -> frozenset[tuple[str, ...]]:
    """Return the columns that the forms have for a row of table 1."""
    rows = (row for form in templates() for table in form.tables if table.name == "disclosure" for row in table.rows)
    return frozenset(tuple(column.name for column in row.columns) for row in rows if row.name == name)


def _unit(line: Line) -> str:
    """Return the unit that the words of a row state, whole or broken over several cells."""
    return agreed(unit_of("".join(cell.text for cell in line.words)), *(unit_of(cell.text) for cell in line.words))


def _answered_in_words(line: Line, words: Vocabulary) -> RowLabel | None:
    """Recognise a row that prints words where its figure belongs (行政许可 | 详见附件): it is there, and not read."""
    if not line.complete or len(line.words) < 2:
        return None
    label = words.row(line.words[0].text, ("disclosure",))
    others = (cell.text for cell in line.words[1:])
    if label is None or label.row in ITEM_ROWS or any(_is_of_form(text, words) for text in others):
        return None
    return label


def _is_of_form(text: str, words: Vocabulary) -> bool:
    return bool(words.row(text, ("disclosure",)) or words.column(text, "disclosure") or key(text) in INFORMATION)


def _goes_on(line: Line, header: Line | None) -> bool:
    """Say whether a line of columns goes on with the header on the line above: a blank line parted the two."""
    if header is None or header.index != line.index - 1 or header.values or line.values:
        return False
    return not _begins_block(line)


def _begins_block(line: Line) -> bool:
    """Say whether a row begins a new block (第二十条第（六）项): no header holds beyond it."""
    text = key(line.text)
    return text.startswith(_BLOCK_STARTS)


def _columns_in(line: Line, words: Vocabulary) -> tuple[str, ...]:
    """Return the columns named in a row's words, in printed order."""
    return _columns_of(tuple([cell.text for cell in line.words]), key(line.text), words) if line.words else ()


@lru_cache(maxsize=_KEPT)
def _columns_of(cells: tuple[str, ...], text: str, words: Vocabulary) -> tuple[str, ...]:
    return _cut_short(cells, words) or _named(text, words)


def _cut_short(cells: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """Recognise a header with cells that were cut (本年新 | 本年新) behind 信息内容; a row's label may follow it."""
    start = next((place for place, text in enumerate(cells, 1) if key(text) in INFORMATION), 0)
    behind = cells[start:] if start else ()
    # A header that prints its last column twice (a cell merged over two) has no label behind it.
    label_follows = bool(behind) and words.column(behind[-1], "disclosure") is None
    return words.header(behind, "disclosure") or (words.header(behind[:-1], "disclosure") if label_follows else ())


@cache
def _longest_first(words: Vocabulary) -> tuple[str, ...]:
    return tuple(sorted(words.columns["disclosure"], key=len, reverse=True))


def _named(text: str, words: Vocabulary) -> tuple[str, ...]:
    names: dict[int, str] = {}
    for label in _longest_first(words):
        place = text.find(label)
        while place >= 0:
            names[place] = words.columns["disclosure"][label]
            text = text[:place] + "\0" * len(label) + text[place + len(label) :]
            place = text.find(label)
    return tuple(names[place] for place in sorted(names))


def _row_and_item(
    line: Line, label: RowLabel | None, group: RowLabel | None, words: Vocabulary
) -> tuple[str | None, str | None, RowLabel | None]:
    """Return (row, item, group that goes on): sub-items stand beside or below 其他对外管理服务事项."""
    if label is not None:
        return label.row, None, label if label.row in ITEM_ROWS else None
    if not line.words:
        return None, None, group
    headings = [found for cell in line.words[:-1] if (found := words.row(cell.text, ("disclosure",))) is not None]
    owner = next((found for found in headings if found.row in ITEM_ROWS), None) or group
    if owner is None:
        return None, None, None
    return owner.row, compact(line.words[-1].text), owner
