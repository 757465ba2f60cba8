"""What a page states about itself: meta tags, the title element, and lines and cells such as 发布机构：….

Names of the tags: 国办发〔2017〕47号 and GB/T 42147-2022; printed labels: as seen on portals of 31 provinces.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from extract.html.content import section
from extract.html.table import Line, Piece, Table
from extract.html.tree import clean

Pair = tuple[str, str]

_META_NAMES = {
    name.lower(): name
    for name in (
        "SiteName",
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ColumnType",
        "ColumnDescription",
        "ColumnKeywords",
        "ArticleTitle",
        "PubDate",
        "ContentSource",
        "Keywords",
        "Author",
        "Description",
        "Url",
        "Image",
    )
}
_LABELS = (
    "索引号|信息索取号|发布机构|发布单位|发文机关|发文机构|公开主体|公开机构|信息来源|来源|发文日期|成文日期|生成日期|发布日期"
    "|发布时间|公开日期|公开时间|名称|标题|主题分类|信息类别|公开类别|体裁|文号|发文字号|文件编号|有效性|时效|公开方式|公开时限"
    "|公开范围|统一社会信用代码"
)
_SPACED = "|".join(r"\s?".join(label) for label in _LABELS.split("|"))  # 索 引 号
_LABEL = re.compile(rf"[【\[]?({_LABELS})[】\]]?[:：]?")
# In a line the colon is needed, and a value ends where the next label or a view counter begins.
_IN_LINE = re.compile(
    rf"(?<![\u4e00-\u9fff])[【\[]?({_SPACED})[】\]]?\s?[:：]\s?(.*?)"
    rf"(?=[\s|｜【\[]*(?:{_SPACED}|浏览次数|浏览量|阅读次数|点击数|点击率|字号|字体|作者|编辑|打印|分享|访问量)[】\]]?\s?[:：]|$)"
)
_LONGEST_LINE = 300
_LONGEST_VALUE = 200


def metadata(root: etree._Element, pieces: Sequence[Piece]) -> tuple[Pair, ...]:
    """Return (name, value) pairs, empty values left out, each pair once."""
    pairs = [*_meta_tags(root), *_title(root), *_printed(pieces)]
    return tuple(dict.fromkeys((name, value) for name, value in pairs if value))


def _meta_tags(root: etree._Element) -> Iterator[Pair]:
    for tag in root.iter("meta"):
        stated = (tag.get("name") or tag.get("http-equiv") or tag.get("property") or "").strip().lower()
        if stated in _META_NAMES:
            yield _META_NAMES[stated], clean(tag.get("content") or "")


def _title(root: etree._Element) -> Iterator[Pair]:
    for tag in root.iter("title"):
        yield "title", clean("".join(str(part) for part in tag.itertext()))
        return


def _printed(pieces: Sequence[Piece]) -> Iterator[Pair]:
    """Read what stands before the first section; below it 来源 and 名称 are words of the report."""
    end = next((place for place, piece in enumerate(pieces) if section(piece)), len(pieces))
    for place, piece in enumerate(pieces[:end]):
        if isinstance(piece, Line):
            yield from _from_line(piece.text)
            yield from _from_neighbours(pieces[place : min(place + 2, end)])
        elif isinstance(piece, Table):
            for row in piece.texts:
                yield from _from_cells(row)


def _from_line(line: str) -> Iterator[Pair]:
    if len(line) <= _LONGEST_LINE and (":" in line or "：" in line):
        for name, value in _IN_LINE.findall(line):
            yield "".join(name.split()), value.strip(" |｜")


def _from_neighbours(pair: Sequence[Piece]) -> Iterator[Pair]:
    """Read a label that has a line of its own, as ``dt`` and ``dd`` have."""
    lines = [piece.text for piece in pair if isinstance(piece, Line)]
    if len(lines) == 2 and lines[0][-1] in ":：" and not lines[1].endswith((":", "：")):
        yield from _from_cells(lines)


def _from_cells(texts: Iterable[str]) -> Iterator[Pair]:
    """Read a row of cells: a label and its value side by side, or both in one cell."""
    label = ""
    for text in texts:
        found = _LABEL.fullmatch("".join(text.split()))
        if found:
            label = found[1]
            continue
        if label and len(text) <= _LONGEST_VALUE:
            yield label, " ".join(text.split())
        elif not label:
            yield from _from_line(" ".join(text.split()))
        label = ""
