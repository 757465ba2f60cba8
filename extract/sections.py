"""The six sections of a report: heading and narrative, without tables."""

import re
from collections.abc import Iterable

from extract.headings import outline
from extract.model import Document, Paragraph, Section

_SENTENCE_END = re.compile(r"[。！？；：:;!?”」）)]$")
_NEW_ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,2}[、是]|[(（][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.、．])")
_WRAPPED_CHARACTERS = 18


def read_sections(document: Document) -> tuple[Section, ...]:
    """Return the sections in the order in which their headings stand; a heading repeated later (a table of contents
    before the text) keeps its last place with text."""
    found: dict[int, tuple[str, list[str]]] = {}
    current: list[str] | None = None
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    for block, number in zip(paragraphs, outline([block.text for block in paragraphs]), strict=True):
        if number is not None and (number not in found or not found[number][1]):
            current = []
            found[number] = (block.text.strip(), current)
        elif current is not None:
            current.append(block.text)
    return tuple(Section(number, heading, joined(lines)) for number, (heading, lines) in sorted(found.items()))


def joined(lines: Iterable[str]) -> str:
    """Join lines to paragraphs: a long line that ends no sentence was wrapped and goes on in the next."""
    text = ""
    for line in (line.strip() for line in lines):
        last = text.rsplit("\n", 1)[-1]
        wrapped = len(last) >= _WRAPPED_CHARACTERS and not _SENTENCE_END.search(last) and not _NEW_ITEM.match(line)
        text += line if not text or wrapped else f"\n{line}"
    return text
