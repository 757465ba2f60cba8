"""Whether a document is an annual report by its own words, or something that shares them: 解读, 通知, 制度, 报表."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.identity.introduction import before_sections, introduction
from extract.identity.printed_title import MAX_TITLE_CHARACTERS, TITLE_METADATA, TITLE_WINDOW, printed_title
from extract.identity.tabled import tabled
from extract.identity.titles import read_title
from extract.model import Document, Paragraph
from extract.text import compact

_SELF_DESCRIBED = re.compile(
    r"(?:本年度报告|本报告|本年报).{0,80}(?:编制|统计期限|公布|组成)|年度报告(?!展示)[^。]{0,80}(?:编制|统计期限|公布|组成)|统计(?:数据)?(?:期限|时限|(?:起止)?时间)|数据核定时间"
    r"|(?:(?<![应须要])(?<!应当)公布|现[将把]|现发布|特编制|编制并发布|向社会公开)[^。]{0,60}信息公开.{0,8}(?:报告|年报)|信息公开.{0,80}编制(?:完成)?[本此](?:年度)?报告|(?:本年度报告|本报告|本年报)[^。]{0,120}报告期[为是:：]"
    r"|(?:编写|撰写|起草|形成)了?.{0,20}信息公开.{0,8}(?:报告|年报).{0,30}报告如下"
    r"|编制[^。,，]{2,30}信息公开.{0,8}(?:报告|年报)[,，》]?并向社会(?:公开|公布)"
    r"|编制[^。,，]{2,30}20\d\d年度?(?:政府)?信息公开.{0,8}(?:报告|年报)。本(?:年度)?(?:报告|年报)"
)
_OF_OTHER_WORK = re.compile("法治政府|依法行政|部门[预决]算|网站工作")
"""What other annual reports of the same agencies are on: they too have a 统计期限."""

_LINK = re.compile(r"[\[【(]?(?:请?点击|查看|阅读|相关)|[-*•·]|(?:热搜|热门|搜索)[词热]?[^:：]{0,2}[:：]")
"""A link, an item of a list, what others search for: no title."""

_NUMBERED = re.compile("[一二三四五六七八九十]{1,2}[、.]")
"""The heading of a section (二、…制度建设情况): no page's title."""

_BAR = re.compile(
    r"(?!.*(?:解读|图解|一图))(?:(?:首页|主页|当前位置|您?(?:现在|当前)?的?位置).*[>＞»/]|(?:政府|政务)?(?:信息公开)?(?:指南|目录|制度)$)"
)
"""A path to the page, or the first item of a menu: of a page that prints a report's title below, it is no title."""

_REFERS = re.compile(r"\s*(?:根据|按照|依据|依照|遵照)")
_QUOTED = re.compile(r"《[^《》]*+(?:》|$)")
_EXPLAINED = re.compile(
    r"(?<!查看|图文|相关|回应|政策|发布|宣传|文件)解读(?!链接|文件|材料|回应|、|信息|政策|工作)|一图读懂|图解"
)
_NOTICE = re.compile(
    r".{0,40}关于.{1,50}信息公开.{0,20}(?:报告|年报).{0,20}(?:(?:事项|工作|问题|情况|格式)的?|[》〉>]的?)(?:通知|通报|函)(?:\(.*)?"
)
_TELLS_OTHERS = re.compile("通知如下|(?:印发|转发)给你们|请(?:认真)?(?:遵照|贯彻|组织)(?:执行|落实|实施)")
"""What a notice says to those it is sent to, and no report does."""

_PART = re.compile(r"(?:\([一二三四五六]\)|[1-6][.、])[^。,，]{0,8}?(主动公开|依申请公开|信息管理|平台建设|监督保障)")
"""What the first section has to tell of, each part under a heading of its own."""

_DISPATCH = re.compile(
    r"本报讯|[\u4e00-\u9fff]{1,6}[网社](?:[\u4e00-\u9fff]{0,6}?\d{1,2}月\d{1,2}日)[电讯]|[(（](?:本报|通讯员|见习)?记者[\u4e00-\u9fff\s]{2,12}[)）]"
)
_ANYBODY = re.compile("(?:[xX×]{2,3}|某)[省市县区镇乡]")
_HEAD_OF_ARTICLE = 30

_FEWEST_PARTS = 4
_ARTICLE = re.compile(r"第[一二三四五六七八九十]{1,3}条(?!第|\()")
_FEWEST_ARTICLES = 2
_HEADING_CHARACTERS = 40


def describes_itself(document: Document) -> bool:
    """Say whether the introduction speaks as an annual report (本报告…统计期限…编制) and not as an explanation of one."""
    said = introduction(_lines(document))
    if _OF_OTHER_WORK.search(said) and "信息公开" not in said:
        return False
    return bool(_SELF_DESCRIBED.search(said)) and not (_EXPLAINED.search(said) or _TELLS_OTHERS.search(said))


def names_look_alike(document: Document) -> bool:
    """Say whether the document's own title is that of something else (解读, 通知, 部门决算, 网站工作年度报表).

    Asked in this order: headings of the page, what its metadata call the article, its first line of text; the first
    that names a report or a look-alike decides. Link lists and menus are not asked. A notice whose title is broken
    over lines (关于…年度报告 / 有关事项的通知) is none, whatever its first line says.
    """
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    own = [block for block in paragraphs if not _LINK.match(compact(block.text))]
    titles = [block.text for block in own if block.role == "title" and not _NUMBERED.match(compact(block.text))]
    first = [_unquoted(block.text) for block in own[:1] if len(compact(block.text)) <= MAX_TITLE_CHARACTERS]
    if any(_BAR.match(compact(line)) for line in ("".join(titles), *first)) and _prints_title(document):
        titles, first = [], []
    metadata = {**tabled(document), **dict(reversed(document.metadata))}
    stated = [re.split(r"[_|]|--| - ", metadata.get(name, ""))[0] for name in TITLE_METADATA]
    kinds = (read_title(line).kind for line in ("".join(titles), *titles, *stated, *first))
    kind = next((kind for kind in kinds if kind != "unknown"), "unknown")
    return kind == "look_alike" or _is_broken_notice(_lines(document))


def _prints_title(document: Document) -> bool:
    """Say whether the head of a page has the title of a report that names its agency and its year."""
    said = read_title(printed_title(document) or "")
    return said.kind == "report" and said.agency is not None and said.year is not None


def is_rule_or_notice(document: Document) -> bool:
    """Say whether a document is in articles (第一条…), as rules on the report are, or has title or words of a notice."""
    lines = _lines(document)
    articles = sum(1 for line in lines if _ARTICLE.match(compact(line)))
    says_so = any(_NOTICE.fullmatch(line) for line in _head(lines)) or _TELLS_OTHERS.search(introduction(lines))
    return articles >= _FEWEST_ARTICLES or bool(says_so)


def is_on_others(document: Document) -> bool:
    """Say whether a text is the news of a report (本报讯, 新华网2月21日电) or one for anybody's (xx县)."""
    head = compact("".join(_lines(document)[:_HEAD_OF_ARTICLE]))
    return bool(_DISPATCH.search(head) or _ANYBODY.search(introduction(_lines(document))))


def has_prescribed_parts(document: Document) -> bool:
    """Say whether the parts that are prescribed for the first section stand below each other, and nothing explains them."""
    found = (_PART.match(compact(line[:_HEADING_CHARACTERS])) for line in _lines(document))
    parts = {part[1] for part in found if part}
    return len(parts) >= _FEWEST_PARTS and not _EXPLAINED.search(introduction(_lines(document)))


def _is_broken_notice(lines: Sequence[str]) -> bool:
    """Say whether a line with 关于 and the one below it are the title of a notice, each no title by itself."""
    return any(
        "关于" in first and not _NOTICE.fullmatch(first) and _NOTICE.fullmatch(first + second)
        for first, second in pairwise(_head(lines))
    )


def _head(lines: Sequence[str]) -> Iterator[str]:
    """Yield the short lines before the first section, among which a title stands."""
    for line in before_sections(lines)[:TITLE_WINDOW]:
        if 0 < len(flat := compact(line)) <= MAX_TITLE_CHARACTERS:
            yield flat


def _lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def _unquoted(line: str) -> str:
    """Return a line without what it refers to, where it begins a sentence: 根据《…年度报告格式〉的通知》 is no notice."""
    return _QUOTED.sub("", line) if _REFERS.match(line) else line
