"""The title of a report: a line above its first section, or what the page's metadata call it.

Pages print several lines that read as one: the path to the page (首页 > 政务公开 > 乡镇信息公开年度报告), the column's name
(政府信息公开年报), halves of a title that is broken. The one that says whose report it is, or for which year, is taken,
and one that stands in a path only where no other does.
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from extract.headings import heading_number
from extract.identity.titles import is_agency, read_title
from extract.model import Document, Paragraph
from extract.text import compact

MAX_TITLE_CHARACTERS = 80
TITLE_WINDOW = 12
"""Lines at the head of a document among which its title stands."""

TITLE_METADATA = ("ArticleTitle", "title", "标题", "名称")

_SPACE = re.compile(r"\s+")
_TITLE_END = re.compile(r"(?:报告|年报)(?:的?(?:公示|公告|公布|公开|发布|通告))?(?:/?全文)?(?:\(.*)?$")
_PATH = re.compile(r"^.*(?:>|＞|»|当前位置[:：]?|所在位置[:：]?)")
_PATH_SIGN = re.compile("[>＞»]|当前位置|所在位置")
_CALLED = re.compile(r"^(?:(?:信息)?名称|标题|题名|文件下载)[:：|]?")
_STATED_BEHIND = re.compile(r"(?<=报告|年报)(?:发[布文]|成文|生成|公开)(?:日期|时间)[:：].*$")
"""What a page states of the article on the line of its title: 名 称: …年度报告 发布日期: 2026年01月21日."""

_PRINTED_AT = re.compile(
    r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}[,，]?(?:上午|下午)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:[AP]M)?(?=\D|20\d\d)",
    re.IGNORECASE,
)
"""When a browser printed the page: it puts that before the page's title, at the head of every sheet."""
_NAME_BEGUN = re.compile(
    r"(?:20\d\d年度?)?(?P<name>(?!.*(?:网|首页|频道|专[区栏]|栏目|公开))[\u4e00-\u9fff]{2,8}[省市区县旗州盟镇乡][\u4e00-\u9fff]{0,16})"
)
_BODY = re.compile("(?:政府|局|厅|署|院|中心|街道)$")
_CUT_PLACE = re.compile("[\u4e00-\u9fff]?[省市区县旗州盟镇乡]")
_LONGEST_END = 8  # characters of a name that names no place: 水利局, 展和改革委员会
_NO_TITLE = re.compile(r"[。；;]|[,，].*[,，]|^第[一二三四五六七八九十]+条")


class _Line(NamedTuple):
    text: str
    is_path: bool


def printed_title(document: Document) -> str | None:
    """Return the line (or two lines together) that names the report, before the first section."""
    lines = list(_head(document))
    found = list(_candidates(lines))
    best = min(found, key=lambda one: (one.is_path, -_told(one.text)), default=None)
    return None if best is None else _as_printed(_whole(best.text, lines), document)


def stated_title(metadata: dict[str, str]) -> str | None:
    """Return the title that the metadata of a page state."""
    for name in TITLE_METADATA:
        line = compact(re.split(r"[_|]|--| - ", metadata.get(name, ""))[0])
        if line and _is_title(line):
            return line
    return None


def _head(document: Document) -> Iterator[_Line]:
    paragraphs = (block.text for block in document.blocks if isinstance(block, Paragraph))
    for _, text in zip(range(TITLE_WINDOW), paragraphs, strict=False):
        if heading_number(text) is not None:
            return
        line = compact(text)
        yield _Line(_bare(line), bool(_PATH_SIGN.search(line)))


def _bare(line: str) -> str:
    stamp = _PRINTED_AT.match(line)
    line = line[stamp.end() :] if stamp else line
    line = _PATH.sub("", line) if _PATH_SIGN.search(line) else line
    # A page that lost its charset has ? for each space behind its title.
    return _STATED_BEHIND.sub("", _CALLED.sub("", line)).rstrip("?")


def _told(title: str) -> int:
    """Return how much of agency and year a title names: the name of a column (清江区人民政府 / 政府信息公开年报) has no year."""
    said = read_title(title)
    return (said.agency is not None) + (said.year is not None)


def _as_printed(title: str, document: Document) -> str:
    """Return a title with the characters the document prints (full-width brackets), without its white space."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    single = (_bare(_squeezed(text)) for text in texts)
    double = (_squeezed(first + second) for first, second in pairwise(texts))
    return next((line for line in chain(single, double) if compact(line) == title), title)


def _whole(title: str, lines: list[_Line]) -> str:
    """Return a title with the line above it, where that begins the agency's name of which the title has but the end.

    Cover pages break titles anywhere: 2022年清江市发展和改 / 革委员会政府信息公开工作年度报告.
    """
    end = read_title(title).agency or ""
    place = next((place for place, line in enumerate(lines) if line.text and title.startswith(line.text)), 0)
    begun = _NAME_BEGUN.fullmatch(lines[place - 1].text) if place and not lines[place - 1].is_path else None
    if (
        begun is None
        or begun["name"] in end
        or _BODY.search(begun["name"])
        or (len(end) > _LONGEST_END and not _CUT_PLACE.match(end))
    ):
        return title
    agency = read_title(begun[0] + title).agency or ""
    whole = agency.startswith(begun["name"]) and agency.endswith(end) and len(agency) > len(begun["name"])
    return begun[0] + title if whole else title


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def _candidates(lines: list[_Line]) -> Iterator[_Line]:
    for place, line in enumerate(lines):
        if not _is_title(line.text):
            continue
        if read_title(line.text).agency is None and place and is_agency(lines[place - 1].text):
            yield _Line(lines[place - 1].text + line.text, line.is_path)
        yield line
    for first, second in pairwise(lines):
        # 发布单位：清江市水利局 / 2022年度…: what the page says of itself is no half of a title.
        if ":" not in first.text[:-1] and _is_title(first.text + second.text):
            yield _Line(first.text + second.text, first.is_path or second.is_path)


def _is_title(line: str) -> bool:
    if len(line) > MAX_TITLE_CHARACTERS or _NO_TITLE.search(line):
        return False
    return read_title(line).kind == "report" and bool(_TITLE_END.search(line))
