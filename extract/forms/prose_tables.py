"""Statistics tables that lost their cells: lines of text in which label, unit and number still follow each other."""

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.forms.entries import TABLE, is_header, unit_in
from extract.labels import Vocabulary
from extract.model import Document, Grid, Paragraph
from extract.plain_text.tables import Line, grid, word_rows
from extract.text import compact, parse_number

_STARTS = ("统计指标", "指标名称")
_SENTENCE = re.compile(r"[。；，]")
_CLOSING = (")", "）")
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
        table = _table(kept)
        if table is not None:
            yield kept, table


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
        if _ends_entry(block.text):
            end = place + 1
    return run[:end]


def _ends_entry(text: str) -> bool:
    tokens = text.split()
    return bool(tokens) and (parse_number(tokens[-1]).state in ("reported", "mark") or unit_in(tokens[-1]) != "")


def _table(run: list[Numbered]) -> Grid | None:
    if sum(_ends_entry(block.text) for _, block in run) < _FEWEST_NUMBERS:
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
