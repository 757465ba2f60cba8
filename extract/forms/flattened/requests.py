"""The requests table in grids of which only the order of cells can be believed: tables that were flattened to text.

Each row is words, then values (``extract.forms.flattened.rows``). Headers are checked for their words in the form's order.
"""

from collections import Counter
from dataclasses import replace

from extract.forms.canvas import is_blank
from extract.forms.flattened.blank_rows import is_blank_row
from extract.forms.flattened.merged_labels import behind_merged_labels
from extract.forms.flattened.offsets import is_packed, offsets
from extract.forms.flattened.rows import (
    Line,
    arrangements,
    figures_of,
    is_unbroken,
    label_of,
    lost_figures,
    misprint,
    surplus,
)
from extract.forms.flattened.steps import in_step
from extract.forms.requests import in_context, strangers
from extract.forms.slots import Arrangement, FormRow, Scan, note
from extract.labels import RowLabel, Vocabulary, key
from extract.templates._shared import APPLICANTS

_APPLICANTS = tuple(column.name for column in APPLICANTS)
_APPLICANT_ORDER = tuple(key(column.label) for column in APPLICANTS[1:5])
_NATURAL_PERSON, _OTHER, _TOTAL = (key(APPLICANTS[place].label) for place in (0, 5, 6))
_TOTALS = ("总计", "合计", "小计")
_OF_OTHERS = ("上年数", "上年同期", "去年", "同比", "增长", "增减", "填报说明")
_SITUATION = key("申请人情况")
_LEGAL_PERSONS = key("法人或其他组织")
_MOST_ALIKE = 0.6
_MOST_IN_STEP = 0.8


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
    merged = behind_merged_labels(labelled, width)
    before = offsets(mine, width, packed=is_packed(above, _APPLICANT_ORDER[0])) | merged
    broken = (_broken(labelled, width) - merged.keys()) | _beside_blank_column(mine, width)
    broken |= _short_of(width, mine) if _has_more(header) else set()
    broken |= {line.index for line in mine if len(line.filled) < width} if _has_fewer(header) else set()
    stepping = in_step(above[:-1], mine)
    broken |= _out_of_step(mine[:-1], width)
    blank = {line.index for line in mine if _has_each(line, width, stepping) and is_blank_row(line, rows)}
    read = []
    for line, label in labelled:
        offset, is_broken = before[line.index], in_order is False or line.index in broken
        options = () if is_broken else arrangements(line, width, offset)
        is_in_step = offset is None and line.index in stepping and bool(options)
        row = _row(line, label, options, offset)
        if lost := figures_of(line, width) if is_in_step else ():
            row = replace(row, options=(), lost=lost, windows=options)
        elif in_order and not is_broken:
            row = replace(row, lost=lost_figures(line, width))
        read.append(replace(row, needs_proof=row.needs_proof and line.index not in blank))
    findings = [] if in_order else [note("header", "the applicants' columns could not be recognised", table="requests")]
    findings += [found for line, label in labelled for found in misprint(line, label, "requests")]
    findings += [found for line, label in labelled for found in surplus(line, label.row, width, "requests")]
    return Scan(tuple(read), tuple(findings), frozenset(line.index for line, _ in labelled))


def _row(line: Line, label: RowLabel, options: tuple[Arrangement, ...], offset: int | None) -> FormRow:
    width = len(_APPLICANTS)
    return FormRow(
        "requests",
        label.row,
        None,
        _APPLICANTS,
        options,
        line.at(),
        line.raw(),
        needs_proof=_needs_proof(line, width, offset),
        is_full=len(line.filled) == width,
        in_order=not line.complete,
        by_numbers=len(line.filled) > width or _lacks_total(line, offset, width),
    )


def _has_each(line: Line, width: int, stepping: set[int]) -> bool:
    """Say whether a row has a cell for each column, and none too many."""
    return len(line.values) == width or (line.index in stepping and len(line.values) > width)


def _lacks_total(line: Line, before: int | None, width: int) -> bool:
    """Say whether a row is placed whose total is blank: its other figures had a say in it (``extract.forms.flattened.offsets``)."""
    if line.complete or before is None or not 0 < len(line.filled) < width:
        return False
    return is_blank(line.values[before + width - 1])


def _needs_proof(line: Line, width: int, before: int | None) -> bool:
    return not line.complete and len(line.filled) < width and before is None


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


def _out_of_step(rows: list[Line], width: int) -> set[int]:
    """Return the rows with blanks that have not as many cells as most others, those before their labels included.

    The first rows may have others, where the columns of groups begin below them. In texts where no sign ends a row there are
    no cells before the labels, and a group's label makes its row longer.
    """
    lengths = [line.length for line in rows]
    common = max(lengths, key=lengths.count, default=0)
    indented = sum(line.length > len(line.words) + len(line.values) for line in rows)
    if indented * 2 <= len(rows) or lengths.count(common) < _MOST_IN_STEP * len(rows):
        return set()
    out = [line for line in rows[lengths.index(common) :] if line.length != common]
    return {line.index for line in out if line.complete and len(line.filled) < width}


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
    label = label_of(line, words, "requests")
    return label if label and in_context(label, [cell.text for cell in line.words[:-1]], words) else None


def _official_order(header: str) -> bool | None:
    """Say whether the header prints the applicants in the form's order; ``None`` when it does not print them all.

    自然人 and 总计 stand before the legal persons (one line above) or at both ends of them, never among them; 其他 never
    before them.
    """
    places = [header.find(label) for label in _APPLICANT_ORDER]
    if min(places) < 0:
        return None
    before = header[: places[0]]
    if before.endswith(_OTHER) and not before.endswith(_LEGAL_PERSONS.partition(_OTHER)[0] + _OTHER):
        return False
    behind = header[places[-1] + len(_APPLICANT_ORDER[-1]) :]
    between = header[places[0] : places[-1]].replace(_LEGAL_PERSONS, "")
    strange = any(label in between for label in (_NATURAL_PERSON, _TOTAL, _OTHER))
    late = behind.removeprefix(_OTHER).removeprefix(_TOTAL).startswith(_NATURAL_PERSON)
    return places == sorted(places) and not strange and not late and not behind.startswith((_NATURAL_PERSON, _TOTAL))


def _is_turned_round(printed: str) -> bool:
    """Say whether a printed row has 总计 before 自然人, or right behind it: its column is not the last; or 自然人 between
    two parts of 法人或其他组织.

    Beside 申请人情况, a row above 自然人 and 法人或其他组织, it may stand before them.
    """
    if _NATURAL_PERSON in "".join(printed.split(_LEGAL_PERSONS)[1:-1]):
        return True
    natural, total = printed.find(_NATURAL_PERSON), printed.find(_TOTAL)
    if 0 <= total < natural:
        return _SITUATION not in printed[:total] or _NATURAL_PERSON + _APPLICANT_ORDER[0] in printed
    behind = printed.find(_NATURAL_PERSON + _TOTAL)
    return 0 <= natural == behind and _LEGAL_PERSONS not in printed[:natural]


def _short_of(width: int, rows: list[Line]) -> set[int]:
    return {line.index for line in rows if len(line.filled) <= width or len(line.filled) < len(line.values)}


def _has_fewer(header: str) -> bool:
    """Say whether a header names some of the legal persons, but not all: a column may be lost, and blanks tell nothing.

    Of a name that is only broken over lines some pieces are there; 组织 and 机构 at its end are those of others too.
    """
    pieces = [[label[first : first + 2] for first in range(len(label) - 2)] for label in _APPLICANT_ORDER]
    named = sum(any(piece in header for piece in own) for own in pieces)
    return 0 < named < len(_APPLICANT_ORDER)


def _has_more(header: str) -> bool:
    """Say whether a header names columns that are none of the form's: a number of theirs would fill a blank's place."""
    starts = [place for label in (_SITUATION, _NATURAL_PERSON) if (place := header.find(label)) >= 0]
    own = header[min(starts, default=0) :]
    return any(word in own for word in _OF_OTHERS) or sum(map(own.count, _TOTALS)) > 1
