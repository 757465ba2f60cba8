"""The day a report was published: printed with its word, signed, in the metadata, or alone below the title."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from extract.identity.dates import day_at_edge, iso
from extract.identity.introduction import before_sections
from extract.identity.printed_title import MAX_TITLE_CHARACTERS, TITLE_WINDOW
from extract.text import compact, normal

_LABELLED = re.compile(r"(?:发布|公开|成文|发文|发稿|更新|生成)?(?:日期|时间)[:：]")
_OF_PUBLICATION = re.compile(r"发布(?:日期|时间)[:：]")
_METADATA = ("PubDate", "发文日期", "发布日期", "成文日期", "公开日期", "生成日期")
_TAIL = 4
_BELOW_TITLE = 4
_OTHER_DAY = re.compile("今天|星期|统计|截[至止]|[自从至起]")
"""The day of the visit, and those of the period."""


def published(lines: Sequence[str], title: str | None, metadata: dict[str, str], year: int | None) -> str | None:
    """Return the publication date, never one before the end of the year that is reported on."""
    tail = (iso(line) for line in reversed(lines[-_TAIL:]) if len(compact(line)) < MAX_TITLE_CHARACTERS)
    stated = (iso(metadata.get(name, "")) for name in _METADATA)
    for found in chain(_labelled(lines), tail, stated, _below(title, lines)):
        if found is not None and (year is None or int(found[:4]) > year):
            return found
    return None


def _labelled(lines: Sequence[str]) -> Iterator[str | None]:
    """Yield the days with a word before them, on their line or the one above; first those of publication."""
    head = [*lines[:TITLE_WINDOW], ""]
    for label in (_OF_PUBLICATION, _LABELLED):
        for line, below in pairwise(head):
            if ":" in compact(line) and (found := label.search(compact(line))):
                is_alone = found.end() == len(compact(line))
                yield iso(normal(below if is_alone else _behind(line, label)))


def _behind(line: str, label: re.Pattern[str]) -> str:
    """Return what stands behind a label, or the whole line where its characters stand apart (发布 时间)."""
    found = label.search(normal(line))
    return normal(line)[found.start() :] if found else line


def _below(title: str | None, lines: Sequence[str]) -> Iterator[str | None]:
    """Yield the days at the edge of the lines below the title, which name nothing else (2024-01-12 来源：清江县水利局)."""
    head = list(before_sections(lines))[:TITLE_WINDOW]
    flat = [compact(line) for line in head]
    place = max((place for place, line in enumerate(flat) if line and title and title.endswith(line)), default=None)
    for line in head[place + 1 : place + 1 + _BELOW_TITLE] if place is not None else ():
        if len(compact(line)) < MAX_TITLE_CHARACTERS and not _OTHER_DAY.search(line) and "。" not in line:
            yield day_at_edge(line)
