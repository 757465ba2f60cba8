"""Scanner of the statistics table of the 2014 form: one number for each indicator, in one column or in two halves.

The table prints some labels twice (被依法纠错数 under 行政复议数量 and under 行政诉讼数量). Such a label counts only
where its part of the table is certain: its group stands beside it, or the row before it is the one before it on the
form. Anything unknown in between makes it uncertain, and it stays unreadable.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from extract.forms.entries import TABLE, Entry, entries_in_columns, is_header, unit_in
from extract.forms.entries_in_lines import entries_in_lines
from extract.forms.misprints import misprint
from extract.forms.presence import FEWEST_ROWS, may_print_statistics
from extract.forms.prose_tables import tables_in_prose
from extract.forms.slots import FormRow, Printed, Scan, note
from extract.labels import RowLabel, Vocabulary, body, key, templates
from extract.model import Document, Finding, Grid, GridCell
from extract.text import compact, parse_number

_COLUMNS = ("value",)
_AMONG = re.compile(r"[()、.一二三四五六七八九十\d]{0,12}其中[:,]?")
_MONEY_HINT = re.compile(r"[(（](?:单位[:：])?(亿元|万元|千元|元)[)）]")


@dataclass(frozen=True, slots=True)
class _Form:
    """The parts of the form (its first ordinals): where each row and each group label belongs, and the order of rows."""

    part_of_row: dict[str, str]
    part_of_group: dict[str, str]
    row_before: dict[str, str]
    first_row: dict[str, str]


@cache
def _form() -> _Form:
    table = next(table for template in templates() for table in template.tables if table.name == TABLE)
    names = [row.name for row in table.rows]
    # Every label of the form file begins with the ordinal of its part: 四、（二）被依法纠错数.
    parts = {row.name: row.label[0] for row in table.rows}
    return _Form(
        parts,
        {body(group): group[0] for group in table.groups},
        {row: before for before, row in pairwise(names)},
        {parts[name]: name for name in reversed(names)},
    )


@dataclass(slots=True)
class _Place:
    """Where in the form the reading stands: the part, and the row just read. Both are lost at an unknown row.

    ``certain`` is the last part that was known; ``again`` are entries of rows, by name, whose figure was not taken.
    """

    misprints: bool = True
    part: str = ""
    row: str = ""
    certain: str = ""
    doubtful: dict[str, tuple[int, Entry]] = field(default_factory=dict)
    again: dict[str, list[Entry]] = field(default_factory=dict)
    instead: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an entry turned out to be; a label that may stand for several rows has several ``labels``.

    ``instead`` are the rows it could be, were the row before it not where it is. ``start`` words stand before the label.
    """

    kind: Literal["row", "ambiguous", "group", "header", "unknown"]
    labels: tuple[RowLabel, ...] = ()
    part: str = ""
    instead: frozenset[str] = frozenset()
    start: int = 0


def scan(document: Document, words: Vocabulary) -> dict[int, Scan]:
    """Read the statistics table wherever a document prints it; what is found is keyed by the block it begins in.

    Nothing is found in a document with fewer than five rows of the table.
    """
    if not may_print_statistics(document, words):
        return {}
    grids = {index: block for index, block in enumerate(document.blocks) if isinstance(block, Grid)}
    grids = dict(sorted({**tables_in_prose(document, words), **grids}.items()))
    # Looking for misprints is slow, and no other table should be taken for misprints of this one.
    if len(_rows(_scan_all(grids, words, _Place(misprints=False)))) < FEWEST_ROWS:
        return {}
    place = _Place()
    found = _scan_all(grids, words, place)
    read = _rows(found)
    for row, (index, entry) in place.doubtful.items():
        if row not in read:
            found[index] += Scan((FormRow(TABLE, row, None, _COLUMNS, (), entry.at(), entry.raw()),))
    return {index: _once(_proved(scanned, place, read), place) for index, scanned in found.items() if scanned.rows}


def _proved(scanned: Scan, place: _Place, read: set[str]) -> Scan:
    """Ask for a sum where a label was read as one part's and the other part, printing it too, was never seen.

    The lines between the two may be lost: 维持 of 行政复议数量 followed by 被依法纠错 of 行政诉讼数量.
    """
    alone = {row for row, others in place.instead.items() if others and read.isdisjoint(others)}
    rows = tuple(replace(row, needs_proof=True) if row.row in alone else row for row in scanned.rows)
    return replace(scanned, rows=rows)


def _once(scanned: Scan, place: _Place) -> Scan:
    """Doubt the rows whose label is printed again in their part with another figure, or with none."""
    twice = {
        row.row: again.at()
        for row in scanned.rows
        for again in place.again.get(row.row, ())
        if compact(again.raw()) != compact(row.raw)
    }
    rows = tuple(replace(row, options=()) if row.row in twice else row for row in scanned.rows)
    detail = "its label is printed again, with another figure or none"
    told = tuple(note("repeated_row", f"{detail}: {at}", table=TABLE, row=row) for row, at in twice.items())
    return replace(scanned, rows=rows, findings=scanned.findings + told)


def _scan_all(grids: dict[int, Grid], words: Vocabulary, place: _Place) -> dict[int, Scan]:
    return {index: _scan_grid(index, grid, words, place) for index, grid in grids.items()}


def _rows(found: dict[int, Scan]) -> set[str]:
    return {row.row for scanned in found.values() for row in scanned.rows}


def _scan_grid(index: int, grid: Grid, words: Vocabulary, place: _Place) -> Scan:
    rows: dict[GridCell | None, FormRow] = {}
    findings: list[Finding] = []
    claimed: set[int] = set()
    for entry in entries_in_columns(grid, words) if grid.aligned else entries_in_lines(grid):
        seen = _recognise(entry, words, place)
        claimed.add(entry.line)
        findings += _findings(entry, seen)
        if entry.after in rows and _begins_strangely(entry, seen, words):
            rows[entry.after] = replace(rows[entry.after], options=())
        if seen.kind == "row" and entry.values:
            row = rows[entry.values[-1]] = _form_row(entry, seen.labels[0].row)
            place.instead[row.row] = seen.instead
        else:
            place.doubtful |= {label.row: (index, entry) for label in seen.labels}
            for name in _not_taken(entry, seen, place):
                place.again.setdefault(name, []).append(entry)
        _move(place, entry, seen)
    return Scan(tuple(rows.values()), tuple(findings), frozenset(claimed))


def _not_taken(entry: Entry, seen: _Seen, place: _Place) -> list[str]:
    """Return the rows of which an entry may be a second printing: those of its label in the part that is read, or the
    row of a label with a unit and nothing behind it."""
    if seen.kind == "row":
        return [seen.labels[0].row] if entry.unit_cell else []
    part_of = _form().part_of_row
    return [label.row for label in seen.labels if entry.filled() and part_of[label.row] == place.certain]


# --- What an entry is ------------------------------------------------------------------------------------------------


def _recognise(entry: Entry, words: Vocabulary, place: _Place) -> _Seen:
    texts = [cell.text for cell in entry.words]
    if all(_is_header(text, words) for text in texts):
        return _Seen("header")
    for first in range(len(texts)):
        label, front = "".join(map(compact, texts[first:])), texts[:first]
        if (part := _part_of_group(label, words)) is not None:
            return _Seen("group", part=part, start=first)
        if (labels := _meanings(label, words)) and (entry.aligned or _is_whole(label, front, words)):
            return replace(_one_of(labels, _part_beside(front, words), place), start=first)
    whole = place.misprints and (entry.aligned or len(texts) == 1)
    slip = misprint(texts[-1], words) if whole else None
    return _Seen("unknown") if slip is None else _Seen("row", (slip,))


def _is_header(text: str, words: Vocabulary) -> bool:
    return is_header(text) or words.column(text, TABLE) is not None


def _part_of_group(text: str, words: Vocabulary) -> str | None:
    group = words.group(text)
    return None if group is None or words.meanings(text, TABLE) else _form().part_of_group.get(group)


def _meanings(text: str, words: Vocabulary) -> tuple[RowLabel, ...]:
    within = _AMONG.match(compact(text))
    return words.meanings(text, TABLE) or (words.meanings(compact(text)[within.end() :], TABLE) if within else ())


def _is_whole(label: str, front: list[str], words: Vocabulary) -> bool:
    """Say whether a label begins where it seems to begin: with its ordinal, or behind words that are known themselves.

    省 / 政府网站公开政府信息数 over two lines is another label.
    """
    return body(label) != key(label) or bool(_AMONG.match(label)) or _are_known(front, words)


def _begins_strangely(entry: Entry, seen: _Seen, words: Vocabulary) -> bool:
    """Say whether words that nobody knows go on behind the number before (2018 年 全市共收到, 30 余件): it is no count."""
    front = entry.words[: seen.start]
    beside = [cell for cell in front if entry.after and cell.at == entry.after.at]
    known = any(_are_known([cell.text for cell in found], words) for found in (beside, front))
    return seen.kind == "unknown" or not known


def _are_known(front: list[str], words: Vocabulary) -> bool:
    while front:
        known = next((first for first in range(len(front)) if _is_known("".join(front[first:]), words)), None)
        if known is None:
            return False
        front = front[:known]
    return True


def _is_known(text: str, words: Vocabulary) -> bool:
    return bool(
        _is_header(text, words)
        or unit_in(text)
        or parse_number(text).state == "mark"
        or words.group(text) is not None
        or _meanings(text, words)
    )


def _part_beside(front: list[str], words: Vocabulary) -> str:
    """Return the part of the form that the words in front of a label name (四、行政复议数量 over its rows)."""
    parts = (_part_named(text, words) for text in reversed(front))
    return next(filter(None, parts), "")


def _part_named(text: str, words: Vocabulary) -> str:
    named = {_form().part_of_row[label.row] for label in _meanings(text, words)}
    return _part_of_group(text, words) or (named.pop() if len(named) == 1 else "")


def _one_of(labels: tuple[RowLabel, ...], beside: str, place: _Place) -> _Seen:
    if len(labels) == 1:
        return _Seen("row", labels)
    form = _form()
    fitting = [label for label in labels if form.part_of_row[label.row] == (beside or place.part)]
    if len(fitting) == 1 and beside:
        return _Seen("row", (fitting[0],))
    if len(fitting) == 1 and place.row == form.row_before.get(fitting[0].row):
        return _Seen("row", (fitting[0],), instead=frozenset(label.row for label in labels) - {fitting[0].row})
    return _Seen("ambiguous", labels)


def _move(place: _Place, entry: Entry, seen: _Seen) -> None:
    """Follow the form. A row nobody knows may begin any part; a remark behind a number begins none."""
    form = _form()
    if seen.kind == "row":
        place.row = seen.labels[0].row
        place.part = place.certain = form.part_of_row[place.row]
    elif seen.kind == "group":
        place.part, place.row = seen.part, form.first_row[seen.part]
        place.certain = seen.part
    elif seen.kind == "ambiguous" or (seen.kind == "unknown" and (entry.leads or entry.filled())):
        place.part = place.row = ""


# --- What is told of it ----------------------------------------------------------------------------------------------


def _findings(entry: Entry, seen: _Seen) -> Iterator[Finding]:
    text = " / ".join(compact(cell.text) for cell in entry.words)
    if seen.kind == "ambiguous":
        rows = ", ".join(label.row for label in seen.labels)
        yield note("ambiguous_label", f"“{text}: {entry.raw()}” at {entry.at()} may be {rows}", table=TABLE)
    elif seen.kind in ("unknown", "group") and _prints_number(entry):
        yield note("unknown_label", f"{text}: {entry.raw()} at {entry.at()}", table=TABLE)
    for label in seen.labels:
        if label.quality == "resembling":
            yield note("label", f"read “{text}” as “{label.label}”", table=TABLE, row=label.row)


def _prints_number(entry: Entry) -> bool:
    return any(parse_number(cell.text).state != "mark" for cell in entry.filled())


def _form_row(entry: Entry, row: str) -> FormRow:
    options = () if entry.several else ((_printed(entry, entry.values[0]),),)
    is_full = len(entry.filled()) == 1 and not entry.several
    return FormRow(TABLE, row, None, _COLUMNS, options, entry.at(), entry.raw(), is_full=is_full)


def _printed(entry: Entry, value: GridCell) -> Printed:
    """Return the number's cell; one merged over several rows, or beside a label merged over several, is nobody's."""
    label = entry.words[-1]
    same_rows = (value.row, value.row_span) == (label.row, label.row_span)
    hint = _MONEY_HINT.search("".join(compact(cell.text) for cell in entry.words))
    return Printed(value.text, value.at, entry.unit or (hint[1] if hint else ""), certain=same_rows)
