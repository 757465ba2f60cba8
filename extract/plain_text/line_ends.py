"""Lines of a text whose ends or beginnings another program changed: every end doubled, or lost, or all lines indented.

Line ends are doubled where a text with those of Windows was written as text once more (``\\r\\r\\n``), or where blocks are
joined by blank lines; they are lost where white space was normalised before a page was stored.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.plain_text.tables import Line

_FEWEST_LINES = 20
_LONG = 1_000
_FEWEST_HEADINGS = 4
_ORDINALS = "一二三四五六"
_PRESCRIBED = r"总体情况|主动公开政府信息|收到和处理政府信息|(?:因)?政府信息公开(?:工作被申请)?行政复议|存在的主要问题|其他需要报告"
_HEADING = re.compile(
    rf"(?:(?<![^\s。；;：:！!）)\d|]) ?([{_ORDINALS}])[、.]\s?(?=[一-鿿])|([{_ORDINALS}])、(?={_PRESCRIBED}))"
)
"""The beginning of a heading of the first level: behind the end of a word, sentence or figure, or with the form's words."""

_SPACES = re.compile(r"[ \u3000\xa0]+")
_INDENTED = re.compile(r"[ >]*")


def mended(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a text as they were before such changes; all others as they are."""
    return _without_indent(_parted(_halved(lines)))


def _halved(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines without every second one, where all of these are blank."""
    is_doubled = len(lines) > _FEWEST_LINES and all(line.is_blank() for line in lines[1::2])
    return lines[::2] if is_doubled and not all(line.is_blank() for line in lines) else lines


def _parted(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines, one that holds a whole report parted at its spaces and before its headings.

    Tabs stay: they stand between cells, and the ends of rows are spaces beside them.
    """
    return [
        replace(line, text=text) for line in lines for text in (_parts(line) if _holds_report(line) else (line.text,))
    ]


def _holds_report(line: Line) -> bool:
    """Say whether the headings of four parts stand in one line, in their order; a table of contents is shorter."""
    reached = 0
    for ordinal in map(_ordinal, _HEADING.finditer(line.text) if len(line.text) > _LONG else ()):
        reached += ordinal == _ORDINALS[reached : reached + 1]
    return reached >= _FEWEST_HEADINGS


def _ordinal(heading: re.Match[str]) -> str:
    return heading[1] or heading[2]


def _parts(line: Line) -> Iterator[str]:
    starts = [heading.start(heading.lastindex or 0) for heading in _HEADING.finditer(line.text)]
    for start, stop in zip([0, *starts], [*starts, len(line.text)], strict=True):
        yield from _SPACES.split(line.text[start:stop])


def _without_indent(lines: Sequence[Line]) -> list[Line]:
    """Return lines without the spaces, or the signs of a quotation, with which all of them begin."""
    printed = [line for line in lines if not line.is_blank()]
    if not printed or printed[0].text[:1] not in " >":
        return list(lines)
    indents = [found[0] for line in printed if (found := _INDENTED.match(line.text))]
    common = next(size for size in range(len(indents[0]), -1, -1) if len({indent[:size] for indent in indents}) == 1)
    return [replace(line, text=line.text[common:]) for line in lines]
