"""Labels of the form and how they are recognised: ordinals, punctuation, white space and hints never matter.

Three ways, tried in this order: the printed label equals a known one, alone or behind the labels of its own groups; its
end does; it resembles exactly one known label (a misprint). The last is reported as a finding by the caller.

The form of 2014 prints some labels twice (被依法纠错数): ``Vocabulary.meanings`` gives all rows a label may stand for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import repeat
from typing import Literal

import extract.templates
from extract.discover import discover
from extract.templates import Template
from extract.text import LOST, compact

_MONEY = "万元"
Quality = Literal["exact", "suffix", "resembling"]

_PUNCTUATION = re.compile(r"[\W_]+")
_HINT = re.compile(r"[(（][^()（）]*[)）]")
_ORDINAL = re.compile(
    r"(?:[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?|[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[、.．,，]?(?=[^\d.]))"
)
_BARE_ORDINAL = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]?")
_MISPRINT_RATIO = 0.8
_MISPRINT_LEAD = 0.06
_MISPRINT_MIN_LENGTH = 5
_MISPRINT_MAX_LENGTH = 80
_KEPT = 8192
_TAIL = 4

RowName = tuple[str, str]
"""Table and row, as the codebook names them."""


@lru_cache(maxsize=_KEPT)
def key(text: str) -> str:
    """Return a label's normal form: no white space, no punctuation, full-width and circled forms folded."""
    return signs(compact(text))


def signs(text: str) -> str:
    """Return the letters and digits of a compact text."""
    return _PUNCTUATION.sub("", text)


@lru_cache(maxsize=_KEPT)
def body(text: str) -> str:
    """Return the normal form of a label without the ordinals in front of it (三、（一）, 1., ㈠)."""
    return key(_without_ordinals(compact(text)))


def _without_ordinals(rest: str) -> str:
    while (ordinal := _ORDINAL.match(rest)) and len(rest) > ordinal.end():
        rest = rest[ordinal.end() :]
    return rest


def is_ordinal(text: str) -> bool:
    """Say whether a text is nothing but an ordinal (（七）), cut off from its label."""
    return bool(_BARE_ORDINAL.fullmatch(compact(text)))


def without_hint(text: str) -> str:
    """Return a label without the hints in brackets that some forms print (单位：万元，保留四位小数)."""
    rest = _HINT.sub("", compact(text))
    return rest if signs(rest) else text


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A recognised row label and how it was recognised. ``table`` and ``row`` are codebook names."""

    table: str
    row: str
    quality: Quality
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Every label of the templates in normal form. Built once from the template folder by ``vocabulary()``.

    Answers are kept by text: the labels of a form are the same in every report.
    """

    rows: dict[str, tuple[RowName, ...]]
    columns: dict[str, dict[str, str]]
    groups: dict[str, str]
    headers: dict[str, tuple[tuple[str, ...], ...]]
    heads: dict[RowName, str]

    def row(self, text: str, tables: tuple[str, ...]) -> RowLabel | None:
        """Recognise the label of a row of one of ``tables``; ``None`` also where it may stand for several rows."""
        return _only(_exact(self, text, tables)) or _only(_in_group(self, text, tables))

    def meanings(self, text: str, table: str) -> tuple[RowLabel, ...]:
        """Return every row of a table that a printed label may stand for: only its group tells them apart."""
        return _exact(self, text, (table,))

    def row_at_end(self, text: str, tables: tuple[str, ...]) -> RowLabel | None:
        """Recognise the longest row label that ends ``text`` (group labels and headings may stand before it)."""
        return _at_end(self, key(text), tables)

    def resembling(self, text: str, tables: tuple[str, ...]) -> RowLabel | None:
        """Recognise a misprinted row label: it must resemble one known label clearly more than any other."""
        if len(text) > _MISPRINT_MAX_LENGTH or LOST in text:
            return None
        return _resembling(self, text, tables)

    def column(self, text: str, table: str) -> str | None:
        """Recognise a column label of a table and return the column's codebook name, or ``None``."""
        return _column(self, text, table)

    def header(self, cells: Sequence[str], table: str) -> tuple[str, ...]:
        """Recognise a header whose cells may be cut short (本年新 | 本年新 | 对外公开) or hold only the second half of
        their labels (制作数量 | 公开数量): the columns of the one row of the forms that it fits, or none."""
        fits = [
            names
            for names in self.headers.get(table, ())
            if len(names) == len(cells) and all(map(self._is_part, cells, names, repeat(table)))
        ]
        return fits[0] if len(fits) == 1 else ()

    def _is_part(self, cell: str, name: str, table: str) -> bool:
        printed = key(cell)
        labels = [label for label, column in self.columns[table].items() if column == name]
        return bool(printed) and any(label.startswith(printed) or label.endswith(printed) for label in labels)

    def group(self, text: str) -> str | None:
        """Recognise a label that only heads other rows (（三）不予公开) and return its body, or ``None``."""
        return self.groups.get(body(text))

    def known(self, label: str, tables: tuple[str, ...]) -> tuple[RowName, ...]:
        """Return the rows of ``tables`` that a label in normal form names."""
        return tuple(name for name in self.rows.get(label, ()) if name[0] in tables)


def _only(labels: tuple[RowLabel, ...]) -> RowLabel | None:
    return labels[0] if len(labels) == 1 else None


@lru_cache(maxsize=_KEPT)
def _exact(words: Vocabulary, text: str, tables: tuple[str, ...]) -> tuple[RowLabel, ...]:
    for candidate in dict.fromkeys((key(text), body(text), key(without_hint(text)), body(without_hint(text)))):
        if known := words.known(candidate, tables):
            return tuple(RowLabel(*name, "exact", candidate) for name in known)
    return ()


@lru_cache(maxsize=_KEPT)
def _in_group(words: Vocabulary, text: str, tables: tuple[str, ...]) -> tuple[RowLabel, ...]:
    """Recognise a label behind those of its groups, all in one cell (三、（三）不予公开 1.属于国家秘密)."""
    group, rest = "", compact(text)
    while head := _head(words, _without_ordinals(rest)):
        group, rest = head, _without_ordinals(rest)[len(head) :]
    labels = _exact(words, rest, tables) if group else ()
    return tuple(label for label in labels if words.heads.get((label.table, label.row)) == group)


def _head(words: Vocabulary, text: str) -> str:
    """Return the label of a group that begins a longer text, or an empty string."""
    return next((group for group in words.groups if text.startswith(group) and len(text) > len(group)), "")


def _at_end(words: Vocabulary, whole: str, tables: tuple[str, ...]) -> RowLabel | None:
    best = next((label for label in _ending(words, tables, whole[-1:]) if whole.endswith(label)), "")
    return _only(tuple(RowLabel(*name, "suffix", best) for name in words.known(best, tables)))


@lru_cache(maxsize=_KEPT)
def _ending(words: Vocabulary, tables: tuple[str, ...], sign: str) -> tuple[str, ...]:
    """Return the row labels of ``tables`` that end with a sign, longest first."""
    found = (label for label in words.rows if label[-1:] == sign and words.known(label, tables))
    return tuple(sorted(found, key=len, reverse=True))


@lru_cache(maxsize=_KEPT)
def _column(words: Vocabulary, text: str, table: str) -> str | None:
    known = words.columns.get(table, {})
    return known.get(key(text)) or known.get(key(without_hint(text)))


@lru_cache(maxsize=_KEPT)
def _resembling(words: Vocabulary, text: str, tables: tuple[str, ...]) -> RowLabel | None:
    printed = body(without_hint(text))
    if len(printed) < _MISPRINT_MIN_LENGTH:
        return None
    ranked = sorted(_ratios(words, printed, tables), reverse=True)
    if not ranked or ranked[0][0] < _MISPRINT_RATIO:
        return None
    rivals = [ratio for ratio, name, _ in ranked if name != ranked[0][1]]
    if rivals and ranked[0][0] - rivals[0] < _MISPRINT_LEAD:
        return None
    if _ends_like_another(words, printed, ranked[0][2], tables):
        return None
    return RowLabel(*ranked[0][1], "resembling", ranked[0][2])


def _ends_like_another(words: Vocabulary, printed: str, best: str, tables: tuple[str, ...]) -> bool:
    """Say whether a label goes over into another's end: where a file was cut, two rows run into one."""
    tail = printed[-_TAIL:]
    return not best.endswith(tail) and any(
        label.endswith(tail) for label, known in words.rows.items() if any(table in tables for table, _ in known)
    )


def _ratios(words: Vocabulary, printed: str, tables: tuple[str, ...]) -> Iterator[tuple[float, RowName, str]]:
    for label in words.rows:
        if len(label) >= _MISPRINT_MIN_LENGTH and (known := words.known(label, tables)):
            ratio = SequenceMatcher(None, printed, label).ratio()
            yield from ((ratio, name, label) for name in known)


@cache
def templates() -> tuple[Template, ...]:
    """Return every template year, newest first."""
    found = discover(extract.templates, "TEMPLATE", Template)
    return tuple(sorted(found, key=lambda template: template.first_year, reverse=True))


@cache
def money_cells() -> frozenset[tuple[str, str, str]]:
    """Return table, row and column of what is money in any form: rows of another year's may stand in a report too."""
    return frozenset(
        (table.name, row.name, column.name)
        for form in templates()
        for table in form.tables
        for row in table.rows
        for column in row.columns
        if column.unit == _MONEY
    )


@cache
def sum_rules() -> frozenset[str]:
    """Return the names of the rules that are sums of the form."""
    return frozenset(rule.rule for template in templates() for rule in template.sums)


def _spellings(label: str, aliases: Iterable[str]) -> Iterator[str]:
    for text in (label, *aliases):
        yield key(text)
        yield body(text)


@cache
def vocabulary() -> Vocabulary:
    """Return the labels of all template years, with every row that a label stands for."""
    rows: dict[str, tuple[RowName, ...]] = {}
    columns: dict[str, dict[str, str]] = {}
    groups: dict[str, str] = {}
    headers: dict[str, dict[tuple[str, ...], None]] = {}
    heads: dict[RowName, str] = {}
    for template in templates():
        for table in template.tables:
            for row in table.rows:
                heads[table.name, row.name] = body(row.group)
                for spelling in _spellings(row.label, row.aliases):
                    rows[spelling] = tuple(dict.fromkeys((*rows.get(spelling, ()), (table.name, row.name))))
                headers.setdefault(table.name, {})[tuple(column.name for column in row.columns)] = None
                for column in row.columns:
                    for text in (column.label, *column.aliases):
                        columns.setdefault(table.name, {}).setdefault(key(text), column.name)
            groups.update({body(group): body(group) for group in table.groups})
    return Vocabulary(rows, columns, groups, {table: tuple(names) for table, names in headers.items()}, heads)
