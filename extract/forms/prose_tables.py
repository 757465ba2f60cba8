"""Statistics tables that lost their cells: lines of text in which label, unit and number still follow each other."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extract.forms.entries import TABLE, is_header, unit_in
from extract.labels import Vocabulary
from extract.model import Document, Grid, Paragraph
from extract.plain_text.tables import Line, grid, word_rows
from extract.text import CUT, compact, parse_number

_STARTS = ("统计指标", "指标名称")
_SENTENCE = re.compile(r"[。；，]")
_BROKEN = re.compile(r"\s*\d+(?:\s|$)")
_CLOSING = (")", "）")
_LAST_ROW = "接受培训"
_FEWEST_NUMBERS = 5
_LONGEST_LABEL = 8
"""Most lines that one label is broken into, with a heading before it."""


Numbered = tuple[int, Paragraph]
"""A paragraph and the number of its block."""


def tables_in_prose(document: Document, words: Vocabulary) -> dict[int, Grid]:
    """Return the tables printed as lines of text, each keyed by the block of its first line."""
    return {run[0][0]: table for run, table in _tables(document, words)}


def without_tables_in_prose(document: Document, words: Vocabulary) -> Document:
    """Return a document without the lines that are a table: they are no narrative."""
    printed = {index for run, _ in _tables(document, words) for index, _ in run}
    return replace(document, blocks=tuple(b for index, b in enumerate(document.blocks) if index not in printed))


def _tables(document: Document, words: Vocabulary) -> Iterator[tuple[list[Numbered], Grid]]:
    for run in _runs(document):
        start = next((place for place, (_, block) in enumerate(run) if _begins(block.text, words)), len(run))
        kept = _until_last_entry(run[start:])
        goes_on = any(_BROKEN.match(block.text) for _, block in run[start + len(kept) :][:1])
        is_doubtful = bool(kept) and (goes_on or _breaks_off(kept, document))
        table = _table(_marked(kept) if is_doubtful else kept)
        if table is not None:
            yield kept, table


def _breaks_off(run: list[Numbered], document: Document) -> bool:
    """Say whether a text ends amid its table: the last number may have more digits, or be lost."""
    is_last = bool(run) and run[-1][0] == len(document.blocks) - 1 and document.media_type == "text/plain"
    is_whole = any(_LAST_ROW in block.text for _, block in run) and run[-1][1].text[-1:].isdigit()
    return is_last and not is_whole and not _ends_with_unit(run[-1][1].text)


def _ends_with_unit(text: str) -> bool:
    """Say whether a line ends with a number and its unit (30 件): no digits can be lost behind it."""
    *_, number, unit = ("", "", *text.split())
    return _is_number(number) and unit_in(unit) != ""


def _marked(run: list[Numbered]) -> list[Numbered]:
    index, block = run[-1]
    return [*run[:-1], (index, block._replace(text=block.text + CUT))]


def is_sentence(text: str) -> bool:
    """Say whether a line is prose: no label of the form has such a punctuation."""
    return bool(_SENTENCE.search(text))


def _runs(document: Document) -> Iterator[list[Numbered]]:
    """Yield stretches of paragraphs without any sentence."""
    run: list[Numbered] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and not is_sentence(block.text):
            run.append((index, block))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _begins(text: str, words: Vocabulary) -> bool:
    """Say whether a line is the table's header, or a label of the table with or without its unit and number."""
    tokens = text.split()
    if compact(text).startswith(_STARTS) and any(is_header(token) for token in tokens):
        return True
    while tokens and (unit_in(tokens[-1]) or parse_number(tokens[-1]).state != "unreadable"):
        tokens.pop()
    label = "".join(tokens)
    return bool(words.meanings(label, TABLE)) or words.group(label) is not None


def _until_last_entry(run: list[Numbered]) -> list[Numbered]:
    """Cut a stretch behind its last number or unit; a longer gap than a label's lines ends the table."""
    end = 0
    for place, (_, block) in enumerate(run):
        if place - end > _LONGEST_LABEL:
            break
        if _holds_entry(block.text):
            end = place + 1
    return run[:end]


def _holds_entry(text: str) -> bool:
    """Say whether a line ends with the number or unit of a row, or one that was wrapped anywhere has both in it."""
    return _ends_entry(text) or any(unit_in(one) and _is_number(two) for one, two in pairwise(text.split()))


def _is_number(text: str) -> bool:
    return parse_number(text).state == "reported"


def _ends_entry(text: str) -> bool:
    tokens = text.split()
    return bool(tokens) and (parse_number(tokens[-1]).state in ("reported", "mark") or unit_in(tokens[-1]) != "")


def _table(run: list[Numbered]) -> Grid | None:
    if sum(_holds_entry(block.text) for _, block in run) < _FEWEST_NUMBERS:
        return None
    lines = _with_closed_brackets([Line(place, block.text) for place, (_, block) in enumerate(run)])
    flat = grid(word_rows(lines), run[0][1].at, complete=False)
    if flat is None:
        return None
    places = (run[int(cell.at.removeprefix("line "))][1].at for cell in flat.cells)
    return replace(flat, cells=tuple(cell._replace(at=at) for cell, at in zip(flat.cells, places, strict=True)))


def _with_closed_brackets(lines: list[Line]) -> list[Line]:
    """Move a bracket that begins a line to the end of the line before: alone it looks like no word of the label."""
    texts = [line.text.strip() for line in lines]
    for place in range(1, len(texts)):
        if texts[place][:1] in _CLOSING:
            texts[place - 1], texts[place] = texts[place - 1] + texts[place][0], texts[place][1:]
    return [Line(line.number, text) for line, text in zip(lines, texts, strict=True)]
