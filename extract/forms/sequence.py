"""Scanner of grids of which only the order of cells can be believed: tables that were flattened to text.

Each row is words, then values (``extract.forms.rows``). Headers are checked for their words in the form's order.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from extract.forms.disclosure import INFORMATION, ITEM_ROWS, unit_of
from extract.forms.offsets import is_packed, offset_below, offsets
from extract.forms.order import in_order
from extract.forms.requests import in_context, strangers
from extract.forms.rows import Line, arrangements, is_unbroken, lost_figures, surplus
from extract.forms.sequence_review import scan_review
from extract.forms.slots import FormRow, Scan, note
from extract.forms.strange_columns import has_strange_columns
from extract.labels import RowLabel, Vocabulary, key
from extract.model import Finding
from extract.templates._shared import APPLICANTS
from extract.text import compact

__all__ = ["scan_disclosure", "scan_requests", "scan_review"]

_BLOCK_STARTS = ("第二十条", "信息内容")
_APPLICANTS = tuple(column.name for column in APPLICANTS)
_APPLICANT_ORDER = tuple(key(column.label) for column in APPLICANTS[1:5])
_NATURAL_PERSON, _OTHER, _TOTAL = (key(APPLICANTS[place].label) for place in (0, 5, 6))
_TOTALS = ("总计", "合计", "小计")
_OF_OTHERS = ("上年数", "上年同期", "去年", "同比", "增长", "增减", "填报说明")
_SITUATION = key("申请人情况")
_LEGAL_PERSONS = key("法人或其他组织")
_MOST_ALIKE = 0.6
_KEPT = 1024


def scan_requests(rows: list[Line], words: Vocabulary) -> Scan:
    """Read the rows of the requests table."""
    width = len(_APPLICANTS)
    labelled = _labelled([line for line in rows if line.filled or len(line.values) >= width], words)
    if not labelled:
        return Scan()
    above = rows[: rows.index(labelled[0][0]) + 1]
    header = key("".join(line.text for line in above))
    in_order = _official_order(header) if not any(_is_turned_round(key(line.text)) for line in above) else False
    mine = [line for line, _ in labelled]
    before = offsets(mine, width, packed=is_packed(above, _APPLICANT_ORDER[0]))
    broken = _broken(labelled, width) | _beside_blank_column(mine, width)
    broken |= _short_of(width, mine) if _has_more(header) else set()
    read = tuple(
        FormRow(
            "requests",
            label.row,
            None,
            _APPLICANTS,
            arrangements(line, width, before[line.index]) if in_order is not False and line.index not in broken else (),
            line.at(),
            line.raw(),
            needs_proof=not line.complete and len(line.filled) < width and before[line.index] is None,
            is_full=len(line.filled) == width,
            in_order=not line.complete,
            by_numbers=len(line.filled) > width or (not line.complete and len(line.filled) < width),
            lost=lost_figures(line, width) if in_order and line.index not in broken else (),
        )
        for line, label in labelled
    )
    findings = [] if in_order else [note("header", "the applicants' columns could not be recognised", table="requests")]
    findings += [found for line, label in labelled for found in _misprint(line, label, "requests")]
    findings += surplus([line for line, _ in labelled], width, "requests")
    return Scan(read, tuple(findings), frozenset(line.index for line, _ in labelled))


def _misprint(line: Line, label: RowLabel | None, table: str) -> tuple[Finding, ...]:
    """Report a label that only resembles the form's: other words may stand in it, or a figure that is part of the row."""
    if label is None or label.quality != "resembling":
        return ()
    return (note("label", f"read “{line.text}” as “{label.label}”", table=table, row=label.row),)


def _broken(labelled: list[tuple[Line, RowLabel]], width: int) -> set[int]:
    """Return the rows with blanks that lost or gained a cell: nobody knows which of the others are in their place.

    Either rows have just a cell a column, or labels and values together have as many cells in one row as in the next;
    there the last row may lack those behind its values.
    """
    values = [len(line.values) for line, _ in labelled]
    usual, _ = Counter(values).most_common(1)[0]
    lengths = values if usual == width else [len(line.words) + len(line.values) for line, _ in labelled[:-1]]
    common, count = Counter(lengths).most_common(1)[0] if lengths else (0, 0)
    if count < _MOST_ALIKE * len(lengths):
        return set()
    rows = (line for (line, _), length in zip(labelled, lengths, strict=False) if length != common)
    return {line.index for line in rows if line.complete and len(line.filled) < width} | _doubled(labelled, width)


def _beside_blank_column(rows: list[Line], width: int) -> set[int]:
    """Return the rows with blanks where a whole row has one among its values: a column that is none of the form's."""
    whole = [line for line in rows if len(line.filled) == width]
    return set() if all(map(is_unbroken, whole)) else {line.index for line in rows if len(line.filled) < width}


def _doubled(labelled: list[tuple[Line, RowLabel]], width: int) -> set[int]:
    """Return the whole rows that begin with a blank where the others begin with a value: one of theirs is doubled."""
    whole = [line for line, _ in labelled if line.complete and len(line.filled) == width]
    late = {line.index for line in whole if line.values[0] is not line.filled[0]}
    return late if len(late) < (1 - _MOST_ALIKE) * len(whole) else set()


def _labelled(rows: list[Line], words: Vocabulary) -> list[tuple[Line, RowLabel]]:
    """Return the lines that begin with the label of a row, and the row."""
    labelled = [(line, label) for line in rows if (label := _request_label(line, words))]
    strange = strangers([label for _, label in labelled])
    return [(line, label) for line, label in labelled if label not in strange]


def _request_label(line: Line, words: Vocabulary) -> RowLabel | None:
    label = _label(line, words, "requests")
    return label if label and in_context(label, [cell.text for cell in line.words[:-1]], words) else None


def _label(line: Line, words: Vocabulary, table: str) -> RowLabel | None:
    """Recognise a row by its last word, else by the end of all its words, else by resemblance."""
    if not line.words:
        return None
    last = line.words[-1].text
    return words.row(last, (table,)) or words.row_at_end(line.text, (table,)) or words.resembling(last, (table,))


def _official_order(header: str) -> bool | None:
    """Say whether the header prints the applicants in the form's order; ``None`` when it does not print them all.

    自然人 and 总计 stand before the legal persons (one line above) or at both ends of them, never among them.
    """
    places = [header.find(label) for label in _APPLICANT_ORDER]
    if min(places) < 0:
        return None
    behind = header[places[-1] + len(_APPLICANT_ORDER[-1]) :]
    between = header[places[0] : places[-1]].replace(_LEGAL_PERSONS, "")
    strange = any(label in between for label in (_NATURAL_PERSON, _TOTAL, _OTHER))
    late = behind.removeprefix(_OTHER).removeprefix(_TOTAL).startswith(_NATURAL_PERSON)
    return places == sorted(places) and not strange and not late and not behind.startswith((_NATURAL_PERSON, _TOTAL))


def _is_turned_round(printed: str) -> bool:
    """Say whether a printed row has 总计 before 自然人, or right behind it: its column is not the last.

    Beside 申请人情况, a row above 自然人 and 法人或其他组织, it may stand before them.
    """
    natural, total = printed.find(_NATURAL_PERSON), printed.find(_TOTAL)
    if 0 <= total < natural:
        return _SITUATION not in printed[:total] or _NATURAL_PERSON + _APPLICANT_ORDER[0] in printed
    behind = printed.find(_NATURAL_PERSON + _TOTAL)
    return 0 <= natural == behind and _LEGAL_PERSONS not in printed[:natural]


def _short_of(width: int, rows: list[Line]) -> set[int]:
    return {line.index for line in rows if len(line.filled) <= width or len(line.filled) < len(line.values)}


def _has_more(header: str) -> bool:
    """Say whether a header names columns that are none of the form's: a number of theirs would fill a blank's place."""
    starts = [place for label in (_SITUATION, _NATURAL_PERSON) if (place := header.find(label)) >= 0]
    own = header[min(starts, default=0) :]
    return any(word in own for word in _OF_OTHERS) or sum(map(own.count, _TOTALS)) > 1


def scan_disclosure(rows: list[Line], words: Vocabulary) -> Scan:
    """Read the rows of the disclosure table; a header holds until the next one."""
    columns: tuple[str, ...] = ()
    unit = ""
    header: Line | None = None
    group: RowLabel | None = None
    found: list[FormRow] = []
    misprints: list[Finding] = []
    claimed: set[int] = set()
    for line in rows:
        label = _label(line, words, "disclosure") if line.words else None
        named = _columns_in(line, words)
        if named or _begins_block(line):
            columns = (*columns, *named) if _goes_on(line, header) else named
            unit, group = unit_of("".join(cell.text for cell in line.words)), None
            header = line
        if columns and not (label and line.values) and (spoken := _answered_in_words(line, words)):
            claimed.add(line.index)
            said = " | ".join(cell.text for cell in (*line.words[1:], *line.values))
            found.append(FormRow("disclosure", spoken.row, None, columns, (), line.at(), said))
            continue
        if not line.values:
            continue
        row, item, group = _row_and_item(line, label, group, words)
        if row is None or not (columns or line.filled):
            continue
        claimed.add(line.index)
        found.append(_disclosure_row(line, row, item, columns, unit, header, words))
        misprints += _misprint(line, label, "disclosure")
    return Scan(tuple(found), tuple(misprints), frozenset(claimed))


def _disclosure_row(
    line: Line, row: str, item: str | None, columns: tuple[str, ...], unit: str, header: Line | None, words: Vocabulary
) -> FormRow:
    units = tuple(unit if name == "amount" else "" for name in columns)
    # A header of two rows is flattened in another order than its columns stand in: it does not say whose they are.
    offset = offset_below(line, header, len(columns))
    options = (
        arrangements(line, len(columns), offset, units, header.length if header else 0)
        if in_order(columns, "disclosure") and not (header and has_strange_columns(header.text, words))
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
